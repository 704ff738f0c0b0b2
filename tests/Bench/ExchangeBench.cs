using System.Collections.Generic;
using NanoComm.Hal.Host;
using NanoComm.Pairing;
using NanoComm.Rig;
using NanoComm.Tests.Scenarios;

namespace NanoComm.Bench
{
    /// <summary>A complete exchange on a simulated line: from the start of a unit with a ticket to its active pairing,
    /// records included. A second one, from a unit that was paired before: of that unit the time to see it is
    /// retired.</summary>
    internal static class ExchangeBench
    {
        private const uint Epoch = 100;
        private const int Limit = 60_000;

        public static IEnumerable<Figure> Run()
        {
            foreach ((int baud, double wanted) in new[] { (9600, 3.0), (115200, 0.6) })
            {
                var site = new ExchangeSite(baud);
                (MemoryFiles first, _, _) = Exchange(site, 1, baud);
                (_, long bytes, double seconds) = Exchange(site, 2, baud);
                yield return new Figure($"exchange, bytes on the wire, {baud} baud", "at most 1600", $"{bytes:N0}",
                    bytes <= 1600);
                yield return new Figure($"exchange, start to paired, {baud} baud: s", $"at most {wanted}",
                    $"{seconds:0.00}", seconds <= wanted);
                using SimulatedUnit old = site.Plug(first, baud);
                old.Scheduler.Run(() => old.Unit.Pairing.State == PairingState.Retired, Limit);
                yield return new Figure("  the old unit put back, until it is retired: s", "at most 10",
                    $"{old.Scheduler.Milliseconds / 1000.0:0.00}", old.Scheduler.Milliseconds <= 10_000);
            }
        }

        private static (MemoryFiles Files, long Bytes, double Seconds) Exchange(ExchangeSite site, int number, int baud)
        {
            MemoryFiles files = ExchangeSite.MakeUnit(number);
            ExchangeSite.Give(files, site.Issue(number, Epoch + (uint)number));
            using SimulatedUnit unit = site.Plug(files, baud);
            unit.Scheduler.Run(() => unit.Unit.Pairing.State == PairingState.Paired, Limit);
            return (files, unit.Line.BytesToFar + unit.Line.BytesToNear, unit.Scheduler.Milliseconds / 1000.0);
        }
    }
}
