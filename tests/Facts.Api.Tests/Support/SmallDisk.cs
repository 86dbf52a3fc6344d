using System.Diagnostics;

namespace Facts.Api.Tests.Support;

/// <summary>A disk that is soon full: some megabytes of memory, mounted in a directory of its own. For that the tests must run as root.</summary>
sealed class SmallDisk : IAsyncDisposable
{
    SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Skips the test where nothing can be mounted.</summary>
    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var path = Directory.CreateTempSubdirectory("facts-small-disk-").FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=755", "tmpfs", path)) return new SmallDisk(path);
        Directory.Delete(path);
        Assert.Skip("no disk can be mounted here");
        throw new UnreachableException();
    }

    /// <summary>Gives a directory on it to the owner of a process.</summary>
    public async Task<string> DirectoryForAsync(int process)
    {
        var made = Directory.CreateDirectory(System.IO.Path.Combine(Path, "data")).FullName;
        Assert.True(await RunAsync("chown", $"--reference=/proc/{process}", made));
        return made;
    }

    public async Task GrowAsync(int megabytes) => Assert.True(await RunAsync("mount", "-o", $"remount,size={megabytes}m", Path));

    static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "--lazy", Path);
        Directory.Delete(Path);
    }
}
