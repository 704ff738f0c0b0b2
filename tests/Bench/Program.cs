using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Runtime.InteropServices;
using NanoComm.CommandLine;
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

        // What it is in a process of its own, by its argument; address and port come behind.
        private static readonly Dictionary<string, Action<IPEndPoint>> Servers = new()
        {
            [EchoServer.Argument] = EchoServer.Run,
            [ServedUnit.Argument] = ServedUnit.Run,
        };

        private static int Main(string[] args)
        {
            if (args is [DayBench.BurnArgument])
            {
                DayBench.Burn(TimeSpan.FromMinutes(2));
                return 0;
            }

            if (args is [_, string address, string port] && Servers.TryGetValue(args[0], out Action<IPEndPoint> serve))
            {
                using EndWith end = EndWith.Begin();
                serve(new IPEndPoint(IPAddress.Parse(address), int.Parse(port)));
                return 0;
            }

            string unknown = args is [PeersBench.Name, ..] ? null : args.FirstOrDefault(arg => !Benches.ContainsKey(arg));
            if (unknown is not null)
            {
                Console.Error.WriteLine($"there is no benchmark '{unknown}'; there are: {string.Join(", ", Benches.Keys)}, "
                    + $"and by itself, with options of its own, {PeersBench.Name}");
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
            return args is [PeersBench.Name, .. string[] options] ? HostProgram.Run(PeersBench.Name, PeersBench.MakeCommand(Report), options)
                : Report((args.Length == 0 ? Benches.Keys.ToArray() : args).SelectMany(Measure)) ? 0 : 1;
        }

        private static IEnumerable<Figure> Measure(string name)
        {
            AnsiConsole.MarkupLine($"[grey]measuring {name} …[/]");
            return Benches[name]();
        }

        private static bool Report(IEnumerable<Figure> figures)
        {
            Table table = new Table().AddColumns("figure", "wanted", "measured", "");
            table.Columns[1].RightAligned();
            table.Columns[2].RightAligned();
            bool reached = true;
            foreach (Figure figure in figures)
            {
                reached &= figure.Reached;
                table.AddRow(new Text(figure.What), new Text(figure.Wanted), new Text(figure.Measured),
                    new Markup(figure.Reached ? "[green]reached[/]" : "[red]missed[/]"));
            }

            table.Caption($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}, "
                + $"{Environment.ProcessorCount} cores");
            AnsiConsole.Write(table);
            return reached;
        }
    }
}
