using Spectre.Console;

namespace Facts.Cli;

/// <summary>The standard output. It has colours only on a terminal.</summary>
internal static class Output
{
    // A file or a pipe has no width, so each row stays one line.
    const int WideEnough = 10_000;

    static IAnsiConsole Console
    {
        get
        {
            if (field is not null) return field;
            field = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Out) });
            if (System.Console.IsOutputRedirected) field.Profile.Width = WideEnough;
            return field;
        }
    }

    /// <summary>Prints aligned columns with titles; numbers are aligned to the right. Cells are Spectre markup.</summary>
    public static void Table(IEnumerable<(string Title, bool Number)> columns, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var (title, number) in columns)
            table.AddColumn(new TableColumn($"[bold]{title.Replace('_', ' ')}[/]")
            {
                Alignment = number ? Justify.Right : Justify.Left,
                NoWrap = number,
                Padding = new Padding(0, 0, 2, 0),
            });
        foreach (var row in rows) table.AddRow(row);
        Console.Write(table);
    }
}
