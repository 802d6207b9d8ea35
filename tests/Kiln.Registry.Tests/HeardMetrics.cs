using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Kiln.Registry.Telemetry;

namespace Kiln.Registry;

/// <summary>What the registry counts about itself in the flow of one test. The meter is the whole program's, and other tests run beside it.</summary>
internal sealed class HeardMetrics : IDisposable
{
    private static readonly AsyncLocal<HeardMetrics?> Here = new();

    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> sums = new(StringComparer.Ordinal);

    public HeardMetrics()
    {
        Here.Value = this;
        listener.InstrumentPublished = (instrument, me) =>
        {
            if (instrument.Meter.Name == RegistryMetrics.Name)
            {
                me.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) =>
        {
            if (Here.Value == this)
            {
                var counter = instrument.Name;
                foreach (var label in labels)
                {
                    counter += " " + label.Value;
                }

                sums.AddOrUpdate(counter, value, (_, sum) => sum + value);
            }
        });
        listener.Start();
    }

    /// <param name="counter">Its name and the values of its labels, with spaces between them.</param>
    public long this[string counter] => sums.GetValueOrDefault(counter);

    public void Dispose() => listener.Dispose();
}
