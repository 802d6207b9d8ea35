using System.Diagnostics.CodeAnalysis;

namespace Kiln.Registry;

/// <summary>A value, or the reason why there is none. Default is not a valid result.</summary>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "Conversions only wrap; the constructors are the alternates.")]
public readonly record struct Result<T>
{
    private readonly T? value;

    public Result(T value) => this.value = value;

    public Result(ApiError error) => Error = error;

    public ApiError? Error { get; }

    /// <exception cref="InvalidOperationException">There is an error instead: look at <see cref="Error"/> first.</exception>
    public T Value => Error is null ? value! : throw new InvalidOperationException($"No value: {Error.Code}.");

    public bool TryGet([NotNullWhen(true)] out T? result, [NotNullWhen(false)] out ApiError? error)
    {
        result = value;
        error = Error;
        return error is null;
    }

    public static implicit operator Result<T>(T value) => new(value);

    public static implicit operator Result<T>(ApiError error) => new(error);
}

/// <summary>The value of an operation that has nothing to tell.</summary>
public readonly record struct Done;
