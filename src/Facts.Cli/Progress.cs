using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Facts.Cli;

/// <summary>Shows the progress of an import on the error output: a bar on a terminal, else a line every two seconds.</summary>
internal sealed class Progress
{
    static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    readonly InputFile _file;
    readonly ProgressTask? _sending, _loading;
    readonly Stopwatch _clock = Stopwatch.StartNew();
    TimeSpan _next = BetweenLines;
    (TimeSpan At, long Rows)? _first;

    Progress(InputFile file, ProgressContext? bars)
    {
        _file = file;
        _sending = bars?.AddTask("sending", maxValue: Math.Max(1, file.Length));
        _loading = bars?.AddTask("loading", autoStart: false, maxValue: 100);
    }

    static IAnsiConsole Terminal => field ??= AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Shows the progress while the work runs.</summary>
    public static Task<T> ShowAsync<T>(InputFile file, Func<Progress, Task<T>> work) => Console.IsErrorRedirected
        ? work(new Progress(file, null))
        : Terminal.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(bars => work(new Progress(file, bars)));

    /// <summary>Reports the number of bytes that were sent.</summary>
    public void Sent(long bytes)
    {
        var rate = bytes / Math.Max(0.001, _clock.Elapsed.TotalSeconds);
        var text = string.Create(CultureInfo.InvariantCulture, $"sent {Size(bytes)} of {Size(_file.Length)}, {Size(rate)}/s");
        if (_sending is not null)
        {
            _sending.Description = Markup.Escape($"{Path.GetFileName(_file.Name)}: {text}");
            _sending.Value = bytes;
        }
        Line(text, (_file.Length - bytes) / rate);
    }

    /// <summary>Reports the progress of the import in the service.</summary>
    public void Loaded(ImportReport report)
    {
        _first ??= (_clock.Elapsed, report.RowsRead);
        var took = (_clock.Elapsed - _first.Value.At).TotalSeconds;
        var rate = took > 0 ? (report.RowsRead - _first.Value.Rows) / took : 0;
        var percent = (double)(report.Percent ?? 0);
        var text = string.Create(CultureInfo.InvariantCulture, $"{report.State}, {percent:0} %, {report.RowsRead:#,0} rows, {rate:#,0} rows/s");
        if (_loading is not null)
        {
            _loading.StartTask();
            _loading.Description = Markup.Escape($"{Path.GetFileName(_file.Name)}: {text}");
            _loading.Value = percent;
        }
        Line(text, percent > 0 ? took * (100 - percent) / percent : null);
    }

    /// <summary>Prints a message next to the progress.</summary>
    public void Say(string text)
    {
        if (_sending is null) Console.Error.WriteLine($"{_file.Name}: {text}");
        else Terminal.WriteLine($"{_file.Name}: {text}");
    }

    static string Size(double bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{(bytes < 1e6 ? bytes / 1e3 : bytes / 1e6):0.0} {(bytes < 1e6 ? "kB" : "MB")}");

    void Line(string text, double? secondsLeft)
    {
        if (_sending is not null || _clock.Elapsed < _next) return;
        _next = _clock.Elapsed + BetweenLines;
        Console.Error.WriteLine($"{_file.Name}: {text}{(secondsLeft is { } left ? string.Create(CultureInfo.InvariantCulture, $", {left:0} s left") : "")}");
    }
}
