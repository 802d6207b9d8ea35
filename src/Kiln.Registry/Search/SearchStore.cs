using Kiln.Registry.Data;

namespace Kiln.Registry.Search;

/// <summary>The words of packages and scopes. Plain tables: the same statements find the same on every engine.</summary>
internal static class SearchStore
{
    /// <summary>Makes the row of a package or a scope. Whoever writes its document comes here first, and takes turns with others that do so.</summary>
    public static Task<int> TouchAsync(Session session, string scope, string name) => session.ExecuteAsync(
        """
        INSERT INTO search_subjects (subject, scope, name, updated_at) VALUES (@subject, @scope, @name, @Now)
        ON CONFLICT (subject) DO UPDATE SET updated_at = @Now
        """,
        new { subject = SearchDocument.SubjectOf(scope, name), scope, name, session.Now });

    public static async Task<bool> HasAsync(Session session, string subject) => await session.CountAsync("SELECT COUNT(*) FROM search_subjects WHERE subject = @subject", new { subject }) > 0;

    public static async Task ReplaceAsync(Session session, SearchDocument document)
    {
        await TouchAsync(session, document.Scope, document.Name);
        await session.ExecuteAsync("DELETE FROM search_words WHERE subject = @Subject", new { document.Subject });
        await session.ExecuteAsync("DELETE FROM search_pieces WHERE subject = @Subject", new { document.Subject });
        await session.ExecuteAsync(
            "INSERT INTO search_words (word, subject, weight) VALUES (@word, @Subject, @weight)",
            document.Words.Select(w => new { word = w.Key, document.Subject, weight = w.Value }).ToList());
        await session.ExecuteAsync("INSERT INTO search_pieces (piece, subject) VALUES (@piece, @Subject)", document.Pieces.Select(piece => new { piece, document.Subject }).ToList());
    }

    public static Task<int> DeleteAsync(Session session, string subject) => session.ExecuteAsync("DELETE FROM search_subjects WHERE subject = @subject", new { subject });

    /// <summary>Subjects that have a word with this beginning, and the weight of the best one; the whole word counts twice. The best first.</summary>
    public static Task<IReadOnlyList<Hit>> FindAsync(Session session, string prefix, int limit) => session.ListAsync<Hit>(
        """
        SELECT subject, MAX(CASE WHEN word = @prefix THEN 2 * weight ELSE weight END) AS weight FROM search_words
        WHERE word >= @prefix AND word < @end GROUP BY subject ORDER BY weight DESC, subject LIMIT @limit
        """,
        new { prefix, end = prefix + SearchText.Last, limit });

    /// <summary>Subjects that have exactly this word, weighted as by <see cref="FindAsync"/>. The best first.</summary>
    public static Task<IReadOnlyList<Hit>> FindWordAsync(Session session, string word, int limit) => session.ListAsync<Hit>(
        "SELECT subject, 2 * weight AS weight FROM search_words WHERE word = @word ORDER BY weight DESC, subject LIMIT @limit", new { word, limit });

    /// <summary>Subjects whose names share pieces with a word; <see cref="Hit.Weight"/> says how many.</summary>
    public static Task<IReadOnlyList<Hit>> FindSimilarAsync(Session session, IReadOnlyCollection<string> pieces, int limit) => session.ListAsync<Hit>(
        "SELECT subject, COUNT(*) AS weight FROM search_pieces WHERE piece IN @pieces GROUP BY subject ORDER BY weight DESC, subject LIMIT @limit", new { pieces, limit });

    public sealed class Hit
    {
        public string Subject { get; set; } = "";

        public long Weight { get; set; }
    }
}
