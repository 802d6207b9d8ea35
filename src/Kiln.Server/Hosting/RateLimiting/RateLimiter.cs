using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Kiln.Server.Hosting.RateLimiting;

/// <summary>
/// A bucket of tokens for each caller and class (security.md H7). In memory and of this process: several processes allow as many times the requests, and a restart forgives. The number of
/// buckets is bounded; beyond it all newcomers of a class share one, so that a flood of addresses cannot fill the memory.
/// </summary>
internal sealed class RateLimiter(RateLimits limits, TimeProvider time)
{
    private const int MaxBuckets = 100_000;

    private readonly ConcurrentDictionary<(RateClass Kind, string Caller), Bucket> buckets = new();
    private int count; // the dictionary's own takes all of its locks
    private long nextSweep;

    public int Count => Volatile.Read(ref count);

    /// <summary>Null when the request may go on; else the whole seconds until it may.</summary>
    public int? Refuse(RateClass kind, string caller, int factor)
    {
        if (limits[kind] is not (> 0 and var perMinute))
        {
            return null;
        }

        var capacity = (double)perMinute * factor;
        var now = time.GetTimestamp();
        if (!buckets.TryGetValue((kind, caller), out var bucket))
        {
            bucket = Add(kind, caller, capacity, now);
        }

        return bucket.TryTake(capacity, time, now) is > 0 and var missing ? Math.Max(1, (int)Math.Ceiling(missing / capacity * 60)) : null;
    }

    private Bucket Add(RateClass kind, string caller, double capacity, long now)
    {
        if (Count >= MaxBuckets)
        {
            Sweep(now);
            caller = Count >= MaxBuckets ? "everybody else" : caller;
        }

        var fresh = new Bucket(capacity, now);
        var bucket = buckets.GetOrAdd((kind, caller), fresh);
        if (ReferenceEquals(bucket, fresh))
        {
            Interlocked.Increment(ref count);
        }

        return bucket;
    }

    public int? RefuseAddress(RateClass kind, HttpContext context) => Refuse(kind, AddressOf(context), RateLimits.PerAddress);

    /// <summary>Whose requests are counted together: an IPv4 address, or the network of 64 bits that one customer of a provider has.</summary>
    public static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return "nowhere";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]) + "/64" : address.ToString();
    }

    // A bucket that is full says nothing that a new one would not say. At most once a second, whoever comes.
    private void Sweep(long now)
    {
        var due = Interlocked.Read(ref nextSweep);
        if (now < due || Interlocked.CompareExchange(ref nextSweep, now + time.TimestampFrequency, due) != due)
        {
            return;
        }

        foreach (var (key, bucket) in buckets)
        {
            if (bucket.IsFull(time, now) && buckets.TryRemove(key, out _))
            {
                Interlocked.Decrement(ref count);
            }
        }
    }

    private sealed class Bucket(double capacity, long now)
    {
        private readonly Lock gate = new();
        private double tokens = capacity;
        private double size = capacity;
        private long since = now;

        /// <summary>0 when a token was there; else the part of one that is missing.</summary>
        public double TryTake(double capacity, TimeProvider time, long now)
        {
            lock (gate)
            {
                size = capacity;
                Refill(time, now);
                if (tokens < 1)
                {
                    return 1 - tokens;
                }

                tokens--;
                return 0;
            }
        }

        public bool IsFull(TimeProvider time, long now)
        {
            lock (gate)
            {
                Refill(time, now);
                return tokens >= size;
            }
        }

        private void Refill(TimeProvider time, long now)
        {
            if (now > since)
            {
                tokens = Math.Min(size, tokens + (time.GetElapsedTime(since, now).TotalMinutes * size));
                since = now;
            }
        }
    }
}
