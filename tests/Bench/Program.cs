using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace NanoComm.Bench
{
    /// <summary>Measures the figures and prints them as a table: exit code 1 when one is not reached.</summary>
    internal static class Program
    {
        private const string StackAllocation = "DOTNET_JitObjectStackAllocation";

        private static readonly Dictionary<string, Func<IEnumerable<Figure>>> Benches = new()
        {
            ["node"] = NodeBench.Run,
            ["minute"] = () => [SteadyUnit.Measure()],
            ["scheduler"] = SchedulerBench.Run,
            ["day"] = DayBench.Run,
            ["link"] = LinkBench.Run,
            ["live"] = LiveBench.Run,
            ["exchange"] = ExchangeBench.Run,
            ["udp"] = UdpBench.Run,
            ["tickets"] = TicketBench.Run,
            ["ledger"] = LedgerBench.Run,
            ["fleet"] = FleetBench.Run,
        };

        private static int Main(string[] args)
        {
            if (args is [DayBench.BurnArgument])
            {
                DayBench.Burn(TimeSpan.FromMinutes(2));
                return 0;
            }

            string unknown = args.FirstOrDefault(arg => !Benches.ContainsKey(arg));
            if (unknown is not null)
            {
                Console.Error.WriteLine($"there is no benchmark '{unknown}'; there are: {string.Join(", ", Benches.Keys)}");
                return 2;
            }

            // The JIT may put objects on the stack that the device would allocate: switched off, in a process of its own.
            if (Environment.GetEnvironmentVariable(StackAllocation) is null)
            {
                ProcessStartInfo again = Self.With(args);
                again.Environment[StackAllocation] = "0";
                using Process process = Process.Start(again);
                process.WaitForExit();
                return process.ExitCode;
            }

#if DEBUG
            AnsiConsole.MarkupLine("[yellow]a Debug build: measure with -c Release[/]");
#endif
            Table table = new Table().AddColumns("figure", "wanted", "measured", "");
            table.Columns[1].RightAligned();
            table.Columns[2].RightAligned();
            bool reached = true;
            foreach (string name in args.Length == 0 ? Benches.Keys.ToArray() : args)
            {
                AnsiConsole.MarkupLine($"[grey]measuring {name} …[/]");
                foreach (Figure figure in Benches[name]())
                {
                    reached &= figure.Reached;
                    table.AddRow(new Text(figure.What), new Text(figure.Wanted), new Text(figure.Measured),
                        new Markup(figure.Reached ? "[green]reached[/]" : "[red]missed[/]"));
                }
            }

            table.Caption($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}, "
                + $"{Environment.ProcessorCount} cores");
            AnsiConsole.Write(table);
            return reached ? 0 : 1;
        }
    }
}
