using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;

namespace Kiln.Registry.Storage.S3;

/// <summary>How a call ended that the server understood.</summary>
internal enum S3Outcome
{
    Done,
    NotFound,

    /// <summary>412: the object is not what the condition says.</summary>
    ConditionFailed,
}

/// <param name="Outcome">How it ended.</param>
/// <param name="Value">Set when done.</param>
internal readonly record struct S3Reply<T>(S3Outcome Outcome, T? Value);

/// <summary>
/// Makes a call until it has an answer: overload, server errors, timeouts and resets are repeated with jitter (security.md §3.5), a missing object and a failed condition
/// are answers, and everything else is a <see cref="StoreUnavailableException"/>. The SDK's own retries are off, because only here it is known which calls may be repeated how.
/// </summary>
internal sealed class S3Caller(StorageAddress address, S3Limits limits)
{
    public async Task<S3Reply<T>> CallAsync<T>(string what, TimeSpan patience, Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            Exception failure;
            using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            time.CancelAfter(patience);
            try
            {
                return new S3Reply<T>(S3Outcome.Done, await call(time.Token));
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                throw;
            }
            catch (AmazonServiceException e) when (AnswerOf(e) is { } outcome)
            {
                return new S3Reply<T>(outcome, default);
            }
            catch (AmazonServiceException e) when (!IsPassing(e))
            {
                throw new StoreUnavailableException($"The object store {address} refuses {what}: {e.ErrorCode ?? e.StatusCode.ToString()} ({e.Message})", refused: true, e);
            }
            catch (Exception e) when (IsTransport(e))
            {
                failure = e;
            }
            catch (AmazonClientException e)
            {
                // Before anything was sent: no keys, an address that the SDK does not accept.
                throw new StoreUnavailableException($"The object store {address} cannot be used: {e.Message}", refused: true, e);
            }

            if (attempt >= limits.Attempts)
            {
                var why = failure is OperationCanceledException ? $"no answer within {patience.TotalSeconds:0.#} s" : failure.Message;
                throw new StoreUnavailableException($"The object store {address} failed at {what}, {attempt} times: {why}", refused: false, failure);
            }

            var longest = limits.RetryDelay * Math.Pow(2, attempt - 1);
            await Task.Delay(longest * (1 - (Random.Shared.NextDouble() / 2)), cancellation);
        }
    }

    private static S3Outcome? AnswerOf(AmazonServiceException e) => e.StatusCode switch
    {
        // A missing bucket is no missing object. HEAD has no body to tell them apart; the self-test and every write do.
        HttpStatusCode.NotFound when e.ErrorCode is not "NoSuchBucket" => S3Outcome.NotFound,
        HttpStatusCode.PreconditionFailed => S3Outcome.ConditionFailed,
        _ => null,
    };

    /// <summary>409: two conditional writes met, and this one may be repeated.</summary>
    private static bool IsPassing(AmazonServiceException e) =>
        (int)e.StatusCode is 500 or > 501 or 408 or 409 or 429 // 501: it never will
        || e.StatusCode == 0
        || e.ErrorCode is "SlowDown" or "RequestTimeout" or "Throttling" or "ThrottlingException" or "RequestThrottled" or "InternalError" or "ServiceUnavailable" or "OperationAborted" or "BadDigest" or "IncompleteBody" or "XAmzContentSHA256Mismatch";

    private static bool IsTransport(Exception e) => e switch
    {
        OperationCanceledException or TimeoutException => true, // Our patience has ended.
        HttpRequestException or IOException or SocketException => e is not StoreUnavailableException,
        AmazonServiceException s => IsPassing(s),
        AmazonClientException { InnerException: { } inner } => IsTransport(inner),
        _ => false,
    };
}
