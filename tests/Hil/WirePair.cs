using System;
using System.Threading;
using NanoComm.Simulators;

namespace NanoComm.Tests.Hil
{
    /// <summary>A serial cable between two ports: what a program opens at one end goes to the program at the other end.</summary>
    internal sealed class WirePair : IDisposable
    {
        private readonly PseudoTerminal _board = new();
        private readonly PseudoTerminal _bench = new();
        private readonly ManualResetEventSlim _spoken = new(false);
        private bool _isGone;

        public WirePair()
        {
            _board.Received += bytes => Pass(ReachesBench, _bench, bytes);
            _bench.Received += bytes =>
            {
                _spoken.Set();
                Pass(ReachesBoard, _board, bytes);
            };
            _board.Start();
            _bench.Start();
        }

        /// <summary>What the board opens.</summary>
        public string BoardPort => _board.Name;

        /// <summary>What the bench opens.</summary>
        public string BenchPort => _bench.Name;

        /// <summary>Whether the wire from the board is there.</summary>
        public bool ReachesBench { get; set; } = true;

        /// <summary>Whether the wire to the board is there.</summary>
        public bool ReachesBoard { get; set; } = true;

        /// <summary>Puts bytes on the wire to the bench.</summary>
        public void SendToBench(byte[] bytes) => Pass(true, _bench, bytes);

        /// <summary>Pulls the bench's adapter out once the bench has said something there.</summary>
        /// <param name="patience">How long is waited for that, ms.</param>
        public void UnplugInUse(int patience)
        {
            _spoken.Wait(patience);
            End();
            _bench.Dispose();
        }

        public void Dispose()
        {
            End();
            _board.Dispose();
            _bench.Dispose();
        }

        private void Pass(bool isThere, PseudoTerminal to, ReadOnlyMemory<byte> bytes)
        {
            lock (_spoken)
            {
                if (isThere && !_isGone)
                {
                    to.Send(bytes);
                }
            }
        }

        private void End()
        {
            lock (_spoken)
            {
                _isGone = true;
            }
        }
    }
}
