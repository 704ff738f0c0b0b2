using System;
using System.Buffers.Binary;

namespace NanoComm.Keys
{
    /// <summary>What a unit tells of itself when an order asks for it (docs/orders.md, "The answer").</summary>
    public sealed class OrderReport
    {
        /// <summary>In place of the state of a B route: the board has no such path.</summary>
        public const byte NoPath = 0xFF;

        internal const int Length = DigestOffset + DigestLength;

        private const byte Version = 1;
        private const int EpochOffset = 1;
        private const int RouteBOffset = EpochOffset + 4;
        private const int WifiOffset = RouteBOffset + 1;
        private const int WiSunSignalOffset = WifiOffset + 1;
        private const int WifiSignalOffset = WiSunSignalOffset + 1;
        private const int TerminalsOffset = WifiSignalOffset + 1;
        private const int CutOffOffset = TerminalsOffset + 1;
        private const int AdmittedOffset = CutOffOffset + 1;
        private const int AnswersOffset = AdmittedOffset + 1;
        private const int DroppedOffset = AnswersOffset + 4;
        private const int RefusedOffset = DroppedOffset + 4;
        private const int LogEntriesOffset = RefusedOffset + 4;
        private const int DigestOffset = LogEntriesOffset + 2;
        private const int DigestLength = 32;

        private readonly byte[] _bytes;

        private OrderReport(byte[] bytes)
        {
            _bytes = bytes;
        }

        /// <summary>The epoch of its pairing.</summary>
        public uint Epoch => U32(EpochOffset);

        /// <summary>The B route: 0 closed, 1 open, 2 terminal in session, 3 the module is not ready, or
        /// <see cref="NoPath"/>.</summary>
        public byte RouteB => _bytes[RouteBOffset];

        /// <summary>Wi-Fi: 0 off, 1 joining, 2 joined, 3 wrong passphrase, 4 network not found, 5 no address, or
        /// <see cref="NoPath"/>.</summary>
        public byte Wifi => _bytes[WifiOffset];

        /// <summary>Power received on Wi-SUN, dBm; null when it is not known.</summary>
        public int? WiSunSignal => Signal(WiSunSignalOffset);

        /// <summary>Power received on Wi-Fi, dBm; null when it is not known.</summary>
        public int? WifiSignal => Signal(WifiSignalOffset);

        /// <summary>Terminals on the IP path.</summary>
        public int Terminals => _bytes[TerminalsOffset];

        /// <summary>Terminals that are cut off.</summary>
        public int CutOff => _bytes[CutOffOffset];

        /// <summary>Terminals that alone are admitted; 0 for everybody.</summary>
        public int Admitted => _bytes[AdmittedOffset];

        /// <summary>Answers given.</summary>
        public uint Answers => U32(AnswersOffset);

        /// <summary>Requests dropped.</summary>
        public uint Dropped => U32(DroppedOffset);

        /// <summary>Requests refused because their terminal is cut off or not admitted.</summary>
        public uint Refused => U32(RefusedOffset);

        /// <summary>Entries of the security log.</summary>
        public int LogEntries => BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(LogEntriesOffset));

        /// <summary>HMAC-SHA256 under the unit's proof key over the durable record of the security log.</summary>
        public ReadOnlySpan<byte> LogDigest => _bytes.AsSpan(DigestOffset);

        /// <summary>Reads the body of an answer.</summary>
        /// <returns>Null when it is none of this version.</returns>
        internal static OrderReport Read(ReadOnlySpan<byte> body)
        {
            return body.Length == Length && body[0] == Version ? new OrderReport(body.ToArray()) : null;
        }

        private int? Signal(int offset) => _bytes[offset] == 0 ? null : (sbyte)_bytes[offset];

        private uint U32(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(offset));
    }
}
