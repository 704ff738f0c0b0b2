using System;
using NanoComm.CommandLine;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>A bar on the error output while a meter's history is read: the standard output is for rows.</summary>
    internal static class HistoryProgress
    {
        /// <summary>Runs work, which tells how many steps are done, of how many.</summary>
        public static void Run(Action<Action<int, int>> work)
        {
            if (Console.IsErrorRedirected)
            {
                work((_, _) => { });
                return;
            }

            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
            if (!console.Profile.Capabilities.Ansi || console.Profile.Width < LiveScreen.LeastColumns)
            {
                work((_, _) => { });
                return;
            }

            console.Progress().AutoClear(true).Start(context =>
            {
                ProgressTask task = context.AddTask("looking for the meter");
                task.IsIndeterminate = true;
                work((done, all) =>
                {
                    task.IsIndeterminate = false;
                    task.Description = "reading its history";
                    task.MaxValue = Math.Max(all, 1);
                    task.Value = done;
                });
            });
        }
    }
}
