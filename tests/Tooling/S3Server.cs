
namespace Kiln.Tooling;

/// <summary>A real S3-compatible server on a free port of this machine, with one bucket. It ends with the test program.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    // s3rver knows this one account; radosgw is given the same.
    private const string Key = "S3RVER";

    private static readonly StartedOnce<S3Server> SharedS3rver = new(StartS3rverAsync);
    private static readonly StartedOnce<S3Server> SharedCeph = new(StartCephAsync);
    private static int buckets;

    private readonly HeldProcess process;

    private S3Server(HeldProcess process, int port)
    {
        this.process = process;
        Endpoint = new Uri($"http://127.0.0.1:{port}/");
    }

    public Uri Endpoint { get; }

    /// <summary>What a program that uses the server needs in its environment.</summary>
    public static IReadOnlyDictionary<string, string?> Credentials { get; } = new Dictionary<string, string?> { ["AWS_ACCESS_KEY_ID"] = Key, ["AWS_SECRET_ACCESS_KEY"] = Key };

    /// <summary>Knows no conditional writes, does not replace atomically, and lets anybody read. Shared by all tests of this program.</summary>
    public static Task<S3Server> S3rverAsync() => SharedS3rver.GetAsync();

    /// <summary>Ceph's gateway over one disk server that keeps everything in memory: conditional writes as a cluster does them. Shared by all tests of this program.</summary>
    public static Task<S3Server> CephAsync() => SharedCeph.GetAsync();

    public static void UseCredentialsHere()
    {
        foreach (var (name, value) in Credentials)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>As <c>--storage</c> takes it, with a bucket that nobody else has.</summary>
    /// <param name="through">A proxy in front of the server.</param>
    public async Task<string> NewStorageAsync(Uri? through = null)
    {
        var bucket = $"kiln-{Interlocked.Increment(ref buckets)}";
        var made = await Child.RunAsync(
            ToolPaths.Curl,
            ["-sS", "-f", "-X", "PUT", "-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD", "--aws-sigv4", "aws:amz:us-east-1:s3", "--user", $"{Key}:{Key}", new Uri(Endpoint, bucket).ToString()]);
        made.MustSucceed();
        return $"s3://{bucket}?endpoint={(through ?? Endpoint).ToString().TrimEnd('/')}&prefix=registry/objects";
    }

    public static async Task<S3Server> StartS3rverAsync()
    {
        UseCredentialsHere();
        var port = Ports.Free();
        var process = await HeldProcess.StartAsync(
            "s3rver", "\"$node\" --openssl-legacy-provider \"$script\" -d \"$folder/data\" -a 127.0.0.1 -p \"$port\" -s --no-vhost-buckets >log 2>&1 &", ("node", ToolPaths.Node), ("script", ToolPaths.S3rverScript), ("port", $"{port}"));
        var server = new S3Server(process, port);
        await server.AnswersAsync();
        return server;
    }

    public static async Task<S3Server> StartCephAsync()
    {
        UseCredentialsHere();
        var (monitor, port) = (Ports.Free(), Ports.Free());
        const string Script =
            """
            id=$(cat /proc/sys/kernel/random/uuid); disk=$(cat /proc/sys/kernel/random/uuid)
            mkdir mon osd rgw run log
            key() { ceph-authtool keyring "$@" --gen-key >/dev/null; }
            key --create-keyring -n mon. --cap mon 'allow *'
            key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
            key -n client.rgw --cap mon 'allow *' --cap osd 'allow *'
            key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *'
            cat > ceph.conf <<END
            [global]
            fsid = $id
            mon host = v2:127.0.0.1:$monitor
            keyring = $folder/keyring
            osd pool default size = 1
            osd pool default min size = 1
            osd pool default pg num = 1
            osd pool default pgp num = 1
            osd pool default pg autoscale mode = off
            osd crush chooseleaf type = 0
            mon allow pool size one = true
            mon data avail crit = 0
            osd objectstore = memstore
            memstore device bytes = 1073741824
            admin socket = $folder/run/\$name.asok
            pid file = $folder/run/\$name.pid
            log file = $folder/log/\$name.log
            ms bind ipv6 = false
            public addr = 127.0.0.1
            cluster addr = 127.0.0.1
            mon data = $folder/mon
            osd data = $folder/osd
            rgw data = $folder/rgw
            rgw frontends = beast endpoint=127.0.0.1:$port
            rgw enable usage log = false
            END
            conf="-c $folder/ceph.conf"
            monmaptool --create --addv a "[v2:127.0.0.1:$monitor]" --fsid "$id" monmap >/dev/null
            ceph-mon --mkfs -i a $conf --monmap monmap --keyring keyring >mkfs.log 2>&1
            ceph-mon -f -i a $conf >mon.log 2>&1 &
            timeout 60 ceph $conf osd new "$disk" 0 >/dev/null
            ceph-osd -i 0 --mkfs $conf --osd-uuid "$disk" >mkfs.log 2>&1
            ceph-osd -f -i 0 $conf >osd.log 2>&1 &
            timeout 60 ceph $conf osd crush add osd.0 1.0 host=localhost root=default >/dev/null 2>&1
            timeout 120 radosgw-admin $conf user create --uid=kiln --display-name=kiln --access-key="$key" --secret-key="$key" --name client.rgw >user.log 2>&1
            radosgw -f $conf --name client.rgw >rgw.log 2>&1 &
            """;
        _ = ToolPaths.RadosGateway;
        var process = await HeldProcess.StartAsync("ceph", Script, ("monitor", $"{monitor}"), ("port", $"{port}"), ("key", Key), ("PATH", "/usr/bin:/bin:/usr/sbin:/sbin"));
        var server = new S3Server(process, port);
        await server.AnswersAsync();
        return server;
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private async Task AnswersAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        for (var i = 0; ; i++)
        {
            try
            {
                using var answer = await http.GetAsync(Endpoint);
                return;
            }
            catch (HttpRequestException) when (i < 1200 && !process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }
}
