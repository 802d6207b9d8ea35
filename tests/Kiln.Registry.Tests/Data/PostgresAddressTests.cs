using Npgsql;

namespace Kiln.Registry.Data;

public sealed class PostgresAddressTests
{
    [Fact]
    public void Every_part_of_an_address_arrives()
    {
        var settings = PostgresAddress.Parse("postgres://ki%20ln:p%40ss%2F%3Aword@db.example.com:6432/my%20registry?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&pool_size=33");
        Assert.Equal(("db.example.com", 6432, "ki ln", "p@ss/:word", "my registry"), (settings.Host, settings.Port, settings.Username, settings.Password, settings.Database));
        Assert.Equal((SslMode.VerifyFull, "/etc/ca.pem", 33), (settings.SslMode, settings.RootCertificate, settings.MaxPoolSize));
        Assert.Equal("db.example.com:6432/my registry", PostgresAddress.Describe("postgres://u:secret@db.example.com:6432/my%20registry"));
    }

    [Fact]
    public void What_is_left_out_is_what_PostgreSQL_takes()
    {
        var settings = PostgresAddress.Parse("postgresql://kiln@localhost/kiln");
        Assert.Equal(("localhost", 5432, null), (settings.Host, settings.Port, settings.Password));
        Assert.Equal("/run/postgresql", PostgresAddress.Parse("postgres://kiln@localhost/kiln?host=%2Frun%2Fpostgresql").Host);
        Assert.Equal("::1", PostgresAddress.Parse("postgres://kiln@[::1]/kiln").Host);
    }
}
