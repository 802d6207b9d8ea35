namespace Kiln.Analysis.Graph;

/// <summary>Gathers the first problem of a graph or, where somebody wants to see them, all of them up to a bound.</summary>
internal sealed class ErrorCollector(bool all)
{
    private const int MaxErrors = 1000;

    private readonly List<AnalysisError> errors = [];

    public IReadOnlyList<AnalysisError> Errors => errors;

    /// <summary>Nothing more is wanted.</summary>
    public bool IsFull => errors.Count >= (all ? MaxErrors : 1);

    public void Add(AnalysisError? error)
    {
        if (error is not null && !IsFull)
        {
            errors.Add(error);
        }
    }
}
