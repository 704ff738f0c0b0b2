using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Net;
using NanoComm.CommandLine;
using Spectre.Console;

namespace NanoComm.Bench
{
    /// <summary>The virtual board beside what else answers UDP on this PC, asked the same in turns, in one run: an echo in C and one in
    /// C#, and the stacks of others that the user has started.</summary>
    internal sealed class PeersBench : IDisposable
    {
        /// <summary>Its name on the command line; behind it come its options.</summary>
        public const string Name = "peers";

        private const int LeastRounds = 4;
        private const string Unit = "unit";
        private const int ColumnsOfFile = 120;

        // Share of the echo in C that is wanted, how many times the fastest stack of others, by number of clients.
        private static readonly (int Clients, double OfEcho, double OfPeers)[] Loads = [(1, 0.85, 1), (4, 0.8, 1.2), (64, 0.8, 1.2)];

        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
        private static readonly TimeSpan PatienceForPeers = TimeSpan.FromSeconds(5);

        private readonly string _folder = Directory.CreateTempSubdirectory("nanocomm-").FullName;
        private readonly List<Meter> _meters = [];
        private readonly Meter _echo;
        private readonly Meter _unit;
        private readonly Meter[] _peers;
        private readonly int _rounds;
        private readonly TimeSpan _length;

        private PeersBench((string Name, IPEndPoint At)[] peers, int rounds, int seconds, int port)
        {
            _rounds = rounds;
            _length = TimeSpan.FromSeconds(seconds);
            Environment.SetEnvironmentVariable(EndWith.Variable, $"{Environment.ProcessId}");
            IPEndPoint At(int host) => new(IPAddress.Parse($"127.0.76.{host}"), port);
            _echo = Meter.EchoInC(At(1), _folder);
            _unit = Meter.OfOurs(Unit, ServedUnit.Argument, At(2));
            _peers = peers.Select(peer => new Meter(peer.Name, peer.At, null)).ToArray();
            _meters.AddRange(_echo is null ? [] : [_echo]);
            _meters.AddRange([Meter.OfOurs("echo in C#", EchoServer.Argument, At(3)), _unit, Meter.VirtualBoard(At(4)), .. _peers]);
        }

        /// <summary>Its command.</summary>
        /// <param name="report">Prints figures, and says by its result whether all were reached.</param>
        public static RootCommand MakeCommand(Func<IEnumerable<Figure>, bool> report)
        {
            var peers = new Option<(string, IPEndPoint)[]>("--peer")
            {
                Description = "Another ECHONET Lite stack that has been started on this PC, repeatable; it is asked the same.",
                HelpName = "NAME=ADDRESS:PORT",
                DefaultValueFactory = _ => [],
                CustomParser = result => result.Tokens.Select(token => Parse(token.Value, result.AddError)).ToArray(),
            };
            Option<int> rounds = HostOptions.Number("--rounds", "Rounds, in each of which everybody is asked by each number of clients.",
                LeastRounds, LeastRounds, 100);
            Option<int> seconds = HostOptions.Number("--seconds", "Seconds that each is asked in a round.", 2, 1, 60);
            Option<int> port = HostOptions.Number("--port", "UDP port of what the bench itself starts.", 23614, 1024, 65535, "PORT");
            var command = new RootCommand("Measures the virtual board beside others, in one run.") { peers, rounds, seconds, port };
            command.SetAction(parsed =>
            {
                using var bench = new PeersBench(parsed.GetValue(peers), parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(port));
                return report(bench.Run()) ? 0 : 1;
            });
            return command;
        }

        public void Dispose()
        {
            foreach (Meter meter in _meters)
            {
                meter.Dispose();
            }

            Directory.Delete(_folder, recursive: true);
        }

        // They are asked from addresses of their own on the same port, which only loopback has.
        private static (string, IPEndPoint) Parse(string text, Action<string> fail)
        {
            string[] parts = text.Split('=', 2);
            if (parts.Length == 2 && parts[0].Length > 0 && IPEndPoint.TryParse(parts[1], out IPEndPoint at) && at.Port > 0
                && at.Address.GetAddressBytes() is [127, _, _, _])
            {
                return (parts[0], at);
            }

            fail($"--peer: '{text}' is not a name, an address on loopback and a port, as in other=127.0.0.1:3610");
            return default;
        }

        private IEnumerable<Figure> Run()
        {
            foreach (Meter meter in _meters)
            {
                if (!Load.IsAnswered(meter.At, _peers.Contains(meter) ? PatienceForPeers : Patience))
                {
                    throw new UserError($"{meter.Name} does not answer a Get of 028801 at {meter.At}: look whether it runs, and whether it answers to "
                        + $"port {meter.At.Port} of who asks");
                }
            }

            if (_echo is null)
            {
                Console.WriteLine("no C compiler is installed (cc, gcc or clang): without the echo in C");
            }

            if (Console.IsOutputRedirected)
            {
                AnsiConsole.Profile.Width = ColumnsOfFile;
            }

            Console.WriteLine($"load of this PC before: {LoadAverage}");
            foreach ((int clients, double ofEcho, double ofPeers) in Loads)
            {
                foreach (Figure figure in Judge(clients, Measure(clients), ofEcho, ofPeers))
                {
                    yield return figure;
                }
            }

            Console.WriteLine($"load of this PC after: {LoadAverage}");
            foreach (Figure figure in SteadyUnit.MeasureGet())
            {
                yield return figure;
            }
        }

        // Who begins is another one in each round.
        private Dictionary<Meter, LoadResult[]> Measure(int clients)
        {
            Dictionary<Meter, LoadResult[]> results = _meters.ToDictionary(meter => meter, _ => new LoadResult[_rounds]);
            for (int round = 0; round < _rounds; round++)
            {
                for (int turn = 0; turn < _meters.Count; turn++)
                {
                    Meter meter = _meters[(round + turn) % _meters.Count];
                    results[meter][round] = Load.Measure(meter, clients, _length);
                }
            }

            Print(clients, results);
            return results;
        }

        private void Print(int clients, Dictionary<Meter, LoadResult[]> results)
        {
            Table table = new Table().Title($"{clients} client{(clients == 1 ? "" : "s")}, medians of {_rounds} rounds of {_length.TotalSeconds} s")
                .AddColumns("who", "Gets/s", "lowest to highest", "of the echo in C", "p50 ms", "p99 ms", "lost", "refused", "its cores", "asking");
            foreach (TableColumn column in table.Columns.Skip(1))
            {
                column.RightAligned().NoWrap();
            }

            foreach (Meter meter in _meters)
            {
                LoadResult[] rounds = results[meter];
                table.AddRow(meter.Name, $"{Median(rounds, one => one.PerSecond):N0}",
                    $"{rounds.Min(one => one.PerSecond):N0} to {rounds.Max(one => one.PerSecond):N0}",
                    _echo is null ? "" : $"{Ratio(rounds, results[_echo]):0.00}", $"{Median(rounds, one => one.Median):0.000}",
                    $"{Median(rounds, one => one.P99):0.000}", $"{rounds.Sum(one => one.Lost)}", $"{rounds.Sum(one => one.Refused)}",
                    rounds[0].Answering is null ? "" : $"{Median(rounds, one => one.Answering.Value):0.00}", $"{Median(rounds, one => one.Asking):0.00}");
            }

            AnsiConsole.Write(table);
        }

        private IEnumerable<Figure> Judge(int clients, Dictionary<Meter, LoadResult[]> results, double ofEcho, double ofPeers)
        {
            LoadResult[] ours = results[_unit];
            string who = $"{clients} client{(clients == 1 ? "" : "s")}: ";
            int lost = ours.Sum(one => one.Lost + one.Refused);
            yield return new Figure(who + "lost or refused by the unit", "0", $"{lost}", lost == 0);
            if (_echo is not null)
            {
                double ratio = Ratio(ours, results[_echo]);
                yield return new Figure(who + "Gets/s of the unit, of those of an echo in C", $"at least {ofEcho:0.00}", $"{ratio:0.00}",
                    ratio >= ofEcho);
            }

            if (_peers.Length == 0)
            {
                yield break;
            }

            Meter fastest = _peers.MaxBy(peer => Median(results[peer], one => one.PerSecond));
            double times = Ratio(ours, results[fastest]);
            yield return new Figure(who + $"Gets/s of the unit, of those of {fastest.Name}", $"at least {ofPeers:0.00}", $"{times:0.00}",
                times >= ofPeers);
            if (clients == Loads[^1].Clients)
            {
                double p99 = Median(ours, one => one.P99) / Median(results[fastest], one => one.P99);
                yield return new Figure("  99th percentile, of theirs", "at most 0.50", $"{p99:0.00}", p99 <= 0.5);
            }
        }

        // Each round by itself: what the PC does meanwhile changes from one to the next.
        private static double Ratio(LoadResult[] ours, LoadResult[] theirs)
        {
            return Median(ours.Zip(theirs, (one, other) => one.PerSecond / other.PerSecond));
        }

        private static double Median(LoadResult[] results, Func<LoadResult, double> figure) => Median(results.Select(figure));

        private static double Median(IEnumerable<double> figures)
        {
            double[] sorted = figures.Order().ToArray();
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }

        private static string LoadAverage => File.ReadAllText("/proc/loadavg").Trim();
    }
}
