using System;
using System.Net;
using System.Threading;
using NanoComm.Hal.Host;
using NanoComm.Rig;
using NanoComm.Simulators;

namespace NanoComm.Bench
{
    /// <summary>A unit on real sockets and threads. What a path takes of a terminal, and of all (requirement R16), is lifted: figures
    /// are the program's, not the limit's.</summary>
    internal static class ServedUnit
    {
        /// <summary>Argument, before address and port, that makes this program such a unit until it is killed.</summary>
        public const string Argument = "--unit";

        private const int Unlimited = 10_000_000;

        /// <summary>Puts one together; nothing runs yet.</summary>
        /// <param name="board">What it runs on.</param>
        /// <param name="port">The UDP port.</param>
        public static CommunicationUnit Make(BenchBoard board, int port)
        {
            var meter = new SimulatedMeteringUnit(HouseholdData.Recorded, board.Clock, DateTime.Now, 1);
            return new CommunicationUnit(board, new DirectMeteringUnit(meter), new UnitSettings(SimulatedUnit.Identity)
            {
                EchonetPort = port,
                IpRequestsPerSecond = Unlimited,
                IpBurst = Unlimited,
                IpPathRequestsPerSecond = Unlimited,
            });
        }

        public static void Run(IPEndPoint local)
        {
            using var port = new UdpPort(local.Address, local.Port, false);
            using var board = new BenchBoard(null, port);
            Make(board, local.Port).Start();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
