using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using NanoComm.Rig;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>What passed on the line to the metering unit: every byte of both directions with the millisecond at which it
    /// arrived, a digest of it for each minute.</summary>
    internal sealed class LineRecord
    {
        private const int Minute = 60_000;

        private readonly SimulatedUnit _unit;
        private readonly List<string> _minutes = [];
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        /// <summary>Records from now on.</summary>
        /// <param name="unit">With a line.</param>
        public LineRecord(SimulatedUnit unit)
        {
            _unit = unit;
            unit.Line.FarEnd.Received += bytes => Take(0, bytes.Span);
            unit.Server.Send += bytes => Take(1, bytes.Span);
            EndMinute(Minute);
        }

        /// <summary>Bytes recorded.</summary>
        public long Bytes { get; private set; }

        /// <summary>A digest of each minute that is over.</summary>
        public IReadOnlyList<string> Minutes => _minutes;

        private void Take(byte direction, ReadOnlySpan<byte> bytes)
        {
            Bytes += bytes.Length;
            Span<byte> head = stackalloc byte[1 + sizeof(long) + sizeof(int)];
            head[0] = direction;
            BitConverter.TryWriteBytes(head[1..], _unit.Scheduler.Milliseconds);
            BitConverter.TryWriteBytes(head[(1 + sizeof(long))..], bytes.Length);
            _hash.AppendData(head);
            _hash.AppendData(bytes);
        }

        private void EndMinute(long at)
        {
            _unit.Scheduler.At(at, () =>
            {
                _minutes.Add(Convert.ToHexString(_hash.GetHashAndReset()));
                EndMinute(at + Minute);
            });
        }
    }
}
