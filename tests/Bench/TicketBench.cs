using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NanoComm.Keys;

namespace NanoComm.Bench
{
    /// <summary>The utility's key management: a file of 100,000 rows, in no order, becomes as many ticket files, each
    /// entered durably before it is written.</summary>
    internal static class TicketBench
    {
        private const int Rows = 100_000;
        private const int Settled = Rows / 10;
        private const double WantedPerSecond = 3_000;
        private const double WantedMegabytes = 8;
        private const double Mega = 1 << 20;

        public static IEnumerable<Figure> Run()
        {
            string folder = Directory.CreateTempSubdirectory("tickets").FullName;
            try
            {
                return Measure(folder).ToArray();
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        private static IEnumerable<Figure> Measure(string folder)
        {
            string path = Path.Combine(folder, "bench.ledger");
            string rows = Path.Combine(folder, "rows.csv");
            const string passphrase = "a passphrase for the bench";
            Ledger.Create(path, SystemTitle.MakeUp("NCK"), passphrase);
            using Ledger ledger = Ledger.Open(path, passphrase);
            long start = Stopwatch.GetTimestamp();
            SystemTitle[] meters = Enroll(ledger, UnitKind.Metering, "NCM");
            SystemTitle[] units = Enroll(ledger, UnitKind.Communication, "NCC");
            double enrolled = 2 * Rows / Stopwatch.GetElapsedTime(start).TotalSeconds;
            File.WriteAllLines(rows, meters.Zip(units, (meter, unit) => $"{meter},{unit}").Prepend("mu,cu"));

            string tickets = Directory.CreateDirectory(Path.Combine(folder, "out")).FullName;
            double settled = 0;
            double peak = 0;
            void Watch(int done)
            {
                double live = GC.GetTotalMemory(forceFullCollection: true) / Mega;
                settled = done <= Settled ? live : settled;
                peak = Math.Max(peak, live);
            }

            start = Stopwatch.GetTimestamp();
            using var batch = new TicketBatch(ledger, new BatchTarget { Folder = tickets });
            int bad;
            using (BatchReader reader = BatchReader.Open(rows))
            {
                bad = batch.Load(reader, _ => { }, _ => { });
            }

            double loaded = Stopwatch.GetElapsedTime(start).TotalSeconds;
            batch.Issue(new TicketFolder(tickets), allowJump: false, Watch);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            int files = Directory.EnumerateFiles(tickets).Count();
            double perSecond = files / seconds;
            yield return new Figure($"Tickets/s, a batch of {Rows:N0} with its files, ledger durable",
                $"at least {WantedPerSecond:N0}", $"{perSecond:N0}", perSecond >= WantedPerSecond && files == Rows && bad == 0);
            yield return new Figure("  live memory, MB above that after a tenth", $"below {WantedMegabytes}",
                $"{peak - settled:0.0}", peak - settled < WantedMegabytes);
            yield return new Figure("  of that: checking the rows, s", "-", $"{loaded:0.0}", true);
            yield return new Figure("Units enrolled/s", "-", $"{enrolled:N0}", true);
        }

        private static SystemTitle[] Enroll(Ledger ledger, UnitKind kind, string manufacturer)
        {
            var titles = new SystemTitle[Rows];
            for (int i = 0; i < Rows; i++)
            {
                titles[i] = SystemTitle.MakeUp(manufacturer);
            }

            ledger.Enroll(titles.Select(title => new NewUnit(title, kind, "", UnitKeys.MakeUp(kind))));
            return titles;
        }
    }
}
