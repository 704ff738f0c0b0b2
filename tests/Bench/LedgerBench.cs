using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using NanoComm.Keys;
using NanoComm.Tests.Host.Keys;

namespace NanoComm.Bench
{
    /// <summary>A key office of millions of units, in a file and on a server, one after the other in one run. On the server two
    /// clerks make the batch at once.</summary>
    internal static class LedgerBench
    {
        private const string Passphrase = "a passphrase for the bench";
        private const int Imported = 1_000_000;
        private const int Units = 3_000_000;
        private const int Tickets = 100_000;
        private const int TicketsAtOnce = 4000;
        private const int Receipts = 20_000;
        private const int ReceiptsAtOnce = 1000;
        private const int Singles = 20;
        private const double Mega = 1 << 20;
        private const double MostGrowth = 24;

        public static IEnumerable<Figure> Run()
        {
            string folder = Directory.CreateTempSubdirectory("ledger").FullName;
            try
            {
                string keys = Path.Combine(folder, "units.keys");
                List<(SystemTitle Meter, SystemTitle Unit)> pairs = WriteKeys(keys);
                var figures = new List<Figure>();
                figures.AddRange(Measure("SQLite", Path.Combine(folder, "bench.ledger"), keys, pairs, clerks: 1, perSecond: 5000));
                if (!PostgresServer.CanStart)
                {
                    figures.Add(new Figure("PostgreSQL: skipped, " + PostgresServer.Missing, "-", "-", true));
                    return figures;
                }

                using PostgresServer server = PostgresServer.Start("fsync=on", "shared_buffers=256MB", "max_wal_size=4GB");
                server.Execute("postgres", "CREATE DATABASE bench");
                figures.AddRange(Measure("PostgreSQL", server.Address("bench", Path.Combine(folder, "bench.epoch")), keys, pairs, clerks: 2,
                    perSecond: 4000));
                return figures;
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        // Meters and units in turn, in no order of their titles.
        private static List<(SystemTitle Meter, SystemTitle Unit)> WriteKeys(string path)
        {
            var pairs = new List<(SystemTitle, SystemTitle)>();
            IEnumerable<NewUnit> Make()
            {
                for (int i = 0; i < Imported / 2; i++)
                {
                    var pair = (Title("NCM", i), Title("NCC", i));
                    if (i < Tickets)
                    {
                        pairs.Add(pair);
                    }

                    yield return New(pair.Item1, UnitKind.Metering);
                    yield return New(pair.Item2, UnitKind.Communication);
                }
            }

            using FileStream file = File.Create(path);
            KeyFile.Write(file, Passphrase, Make());
            return pairs;
        }

        // Each once, and in no order: an odd factor turns the numbers below 2^40 about among themselves.
        private static SystemTitle Title(string manufacturer, long number)
        {
            var bytes = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(bytes, (number * 0x9E3779B97FL) & 0xFF_FFFF_FFFFL);
            Encoding.ASCII.GetBytes(manufacturer, bytes);
            return new SystemTitle(bytes);
        }

        private static NewUnit New(SystemTitle title, UnitKind kind) => new(title, kind, SerialNumber.Of(kind, title), UnitKeys.MakeUp(kind));

        private static IEnumerable<Figure> Measure(string name, string address, string keys,
            List<(SystemTitle Meter, SystemTitle Unit)> pairs, int clerks, double perSecond)
        {
            Ledger.Create(address, SystemTitle.MakeUp("NCK"), Passphrase);
            using Ledger ledger = Ledger.Open(address, Passphrase);
            double seconds = Seconds(() =>
            {
                using FileStream file = File.OpenRead(keys);
                ledger.Enroll(KeyFile.Read(file, Passphrase));
            });
            yield return Most($"{name}: import of {Imported:N0} units, s", 20, seconds);
            double few = Single(address, pairs[0]);
            ledger.Enroll(Enumerable.Range(Imported, Units - Imported).Select(i => New(Title(i % 2 == 0 ? "NCM" : "NCC", i),
                i % 2 == 0 ? UnitKind.Metering : UnitKind.Communication)));
            double many = Single(address, pairs[0]);
            yield return Most($"{name}: a ticket with {Units:N0} units, s, ledger opened first", 1, many);
            yield return new Figure($"  with {Imported:N0} units", "-", $"{few:0.00}", true);

            var issued = new List<IssuedTicket>();
            double grown = 0;
            double made = Seconds(() => grown = Issue(address, pairs, clerks, issued));
            yield return Least($"{name}: tickets/s, a batch of {Tickets:N0} in the ledger, {clerks} at once", perSecond, Tickets / made);
            yield return Most("  live memory, MB above that at the start", MostGrowth, grown);

            List<Receipt> receipts = issued.Take(Receipts).Select(ticket => MakeReceipt(ledger, ticket)).ToList();
            double taken = Seconds(() =>
            {
                foreach (Receipt[] some in receipts.Chunk(ReceiptsAtOnce))
                {
                    ledger.Accept(some.ToList());
                }
            });
            yield return Least($"{name}: receipts/s, {ReceiptsAtOnce:N0} at once", 3000, Receipts / taken);
            SystemTitle meter = pairs[1].Meter;
            yield return Most($"{name}: tickets of one meter, s", 1, Seconds(() => ledger.Tickets(new TicketFilter { Meter = meter }).Count()));
            Receipt one = MakeReceipt(ledger, issued[Receipts + 1]);
            yield return Most($"{name}: one receipt, s", 1, Seconds(() => ledger.Accept(one)));
            yield return Most($"{name}: counting {Units:N0} units, s", 5, Seconds(() => ledger.Count(new UnitFilter())));
            yield return Listing(name, ledger);
        }

        private static Figure Listing(string name, Ledger ledger)
        {
            double before = Live();
            double peak = 0;
            int read = 0;
            double seconds = Seconds(() =>
            {
                foreach (Unit _ in ledger.Units(new UnitFilter()))
                {
                    if (++read % (Units / 10) == 0)
                    {
                        peak = Math.Max(peak, Live() - before);
                    }
                }
            });
            return Most($"{name}: listing {read:N0} units ({read / seconds:N0}/s), live memory, MB", MostGrowth, peak);
        }

        private static double Issue(string address, List<(SystemTitle Meter, SystemTitle Unit)> pairs, int clerks, List<IssuedTicket> issued)
        {
            double before = Live();
            double peak = 0;
            (SystemTitle, SystemTitle)[][] shares = pairs.Chunk(pairs.Count / clerks).ToArray();
            Parallel.For(0, clerks, new ParallelOptions { MaxDegreeOfParallelism = clerks }, clerk =>
            {
                using Ledger ledger = Ledger.Open(address, Passphrase);
                foreach ((SystemTitle Meter, SystemTitle Unit)[] some in shares[clerk].Chunk(TicketsAtOnce))
                {
                    IReadOnlyList<IssuedTicket> tickets = ledger.Issue(some.Select(pair =>
                        new TicketRequest(TicketKind.Pair, pair.Meter, pair.Unit, UtilityTime.Never)).ToList());
                    lock (issued)
                    {
                        if (issued.Count < 2 * Receipts)
                        {
                            issued.AddRange(tickets);
                            before = Live();
                        }

                        peak = Math.Max(peak, Live());
                    }
                }
            });
            return peak - before;
        }

        private static double Single(string address, (SystemTitle Meter, SystemTitle Unit) pair)
        {
            double most = 0;
            for (int i = 0; i < Singles; i++)
            {
                most = Math.Max(most, Seconds(() =>
                {
                    using Ledger ledger = Ledger.Open(address, Passphrase);
                    ledger.Issue([new TicketRequest(TicketKind.Pair, pair.Meter, pair.Unit, UtilityTime.Never)]);
                }));
            }

            return most;
        }

        private static Receipt MakeReceipt(Ledger ledger, IssuedTicket issued)
        {
            var epoch = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(epoch, issued.Epoch);
            byte[] said = [1, .. issued.Request.Meter.ToArray(), .. issued.Request.Unit.ToArray(), .. epoch, .. issued.Ticket.Id.Span,
                .. new byte[12]];
            using UnitKeys keys = ledger.KeysOf(ledger.Get(issued.Request.Meter, UnitKind.Metering));
            return Receipt.Parse([.. said, .. HMACSHA256.HashData(keys.ProofKey, said)]);
        }

        private static double Live() => GC.GetTotalMemory(forceFullCollection: true) / Mega;

        private static double Seconds(Action action)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        private static Figure Most(string what, double most, double measured)
        {
            return new Figure(what, $"at most {most}", $"{measured:0.00}", measured <= most);
        }

        private static Figure Least(string what, double least, double measured)
        {
            return new Figure(what, $"at least {least:N0}", $"{measured:N0}", measured >= least);
        }
    }
}
