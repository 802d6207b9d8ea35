using System.Globalization;
using System.Text.Json;
using Kiln.Bench;

// usage: kiln-bench <contender> <corpus>, or kiln-bench plaintext <address>
// Speaks the protocol of race.mjs: prints a ready line, then answers every line "<passes>" with one line of JSON; "0" ends it.
if (args is ["plaintext", var address])
{
    await Plaintext.ServeAsync(address);
    return 0;
}

if (args is not [var name, var path] || !Contenders.All.TryGetValue(name, out var contender))
{
    Console.Error.WriteLine("usage: kiln-bench <" + string.Join('|', Contenders.All.Keys) + "> <corpus>");
    return 2;
}

var corpus = Corpus.Load(path);
var first = Measurement.Take(corpus, contender, 1);
Print(new { Ready = true, corpus.Bytes, Files = corpus.Files.Length, Corpus = corpus.Name, Runtime = ".NET " + Environment.Version, First = first });
while (Console.ReadLine() is { } line && int.Parse(line, CultureInfo.InvariantCulture) is > 0 and var passes)
{
    var result = Measurement.Take(corpus, contender, passes);
    Print(new { result.Wall, result.Cpu, result.Gc, result.Allocated, Err = result.Errors, Rss = Environment.WorkingSet });
}

return 0;

static void Print<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value, JsonSerializerOptions.Web));
