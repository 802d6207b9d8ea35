using System.Collections.Immutable;
using System.Text;
using Kiln.Documentation.Html;
using Kiln.Documentation.Pages;

namespace Kiln.Registry.Docs;

/// <summary>A page as a piece of a pack.</summary>
internal static class DocPageCodec
{
    private const int MostCrumbs = 1000;

    public static byte[] Write(DocPage page)
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8))
        {
            writer.Write(page.Title);
            writer.Write(page.Description);
            writer.Write7BitEncodedInt(page.Crumbs.Length);
            foreach (var crumb in page.Crumbs)
            {
                writer.Write(crumb.Text);
                writer.Write(crumb.Address is not null);
                writer.Write(crumb.Address ?? "");
            }

            writer.Write(page.Switcher.ToString());
            writer.Write(page.Content.ToString());
            writer.Write(page.Aside.ToString());
        }

        return buffer.ToArray();
    }

    /// <exception cref="InvalidDataException">These are not the bytes of a page.</exception>
    public static DocPage Read(DocPageKey key, byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
            var (title, description) = (reader.ReadString(), reader.ReadString());
            var count = reader.Read7BitEncodedInt();
            if (count is < 0 or > MostCrumbs)
            {
                throw new InvalidDataException("A stored page has an impossible way to it.");
            }

            var crumbs = ImmutableArray.CreateBuilder<DocCrumb>(count);
            for (var i = 0; i < count; i++)
            {
                var text = reader.ReadString();
                var hasAddress = reader.ReadBoolean();
                var address = reader.ReadString();
                crumbs.Add(new DocCrumb(text, hasAddress ? address : null));
            }

            // They were trusted when they were written, and nobody but the server writes to the bucket.
            return new DocPage
            {
                Key = key,
                Title = title,
                Description = description,
                Crumbs = crumbs.MoveToImmutable(),
                Switcher = TrustedHtml.FromMarkup(reader.ReadString()),
                Content = TrustedHtml.FromMarkup(reader.ReadString()),
                Aside = TrustedHtml.FromMarkup(reader.ReadString()),
            };
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException or IOException)
        {
            throw new InvalidDataException("A stored page is not whole.", e);
        }
    }
}
