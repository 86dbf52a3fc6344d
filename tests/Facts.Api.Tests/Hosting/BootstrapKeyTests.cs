using Facts.Api.Access;
using Facts.Api.Hosting;

namespace Facts.Api.Tests.Hosting;

public sealed class BootstrapKeyTests : IDisposable
{
    readonly string _directory = Path.Combine(Path.GetTempPath(), "facts-key-" + Guid.NewGuid().ToString("N"));

    Settings Settings => new(null, _directory, Sample: false, AdminKey: null, AnonymousRead: true, PostgresDirectory: null);

    [Fact]
    public void The_first_start_writes_a_bootstrap_key_for_its_owner_alone_and_later_starts_reuse_it()
    {
        var first = BootstrapKey.GetOrCreate(Settings);

        Assert.Equal(Path.Combine(_directory, "admin.key"), first.Place);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(first.Place!));
        Assert.Equal(first.Text, File.ReadAllText(first.Place!).Trim());
        Assert.Equal(first, BootstrapKey.GetOrCreate(Settings));
        Assert.Single(Directory.GetFiles(_directory));
    }

    [Fact]
    public void Several_first_starts_at_once_agree_on_one_server()
    {
        var keys = Enumerable.Range(0, 20).AsParallel().WithDegreeOfParallelism(8).Select(_ => BootstrapKey.GetOrCreate(Settings).Text).ToList();

        Assert.Single(keys.Distinct());
        Assert.Single(Directory.GetFiles(_directory));
    }

    [Fact]
    public void A_configured_bootstrap_key_is_written_nowhere()
    {
        Assert.Equal(new BootstrapKey("a-configured-admin-key", null), BootstrapKey.GetOrCreate(Settings with { AdminKey = "a-configured-admin-key" }));
        Assert.False(Directory.Exists(_directory));
    }

    [Fact]
    public void A_typing_error_shows_in_the_checksum()
    {
        var key = ApiKeyFormat.Make();

        Assert.StartsWith("fct_", key);
        Assert.True(ApiKeyFormat.IsWellFormed(key));
        Assert.False(ApiKeyFormat.IsWellFormed(key[..^1]));
        for (var at = 4; at < key.Length; at++)
            Assert.False(ApiKeyFormat.IsWellFormed(key[..at] + (key[at] == 'x' ? 'y' : 'x') + key[(at + 1)..]));
    }

    public void Dispose()
    {
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }
}
