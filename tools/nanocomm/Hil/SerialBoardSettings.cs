using System.Collections.Generic;
using System.Net;

namespace NanoComm.Tool
{
    /// <summary>Where a board on the bench is.</summary>
    internal sealed record SerialBoardSettings
    {
        /// <summary>Its folder in boards/.</summary>
        public required string Folder { get; init; }

        public required string MeteringPort { get; init; }

        /// <summary>Null for none.</summary>
        public required string WiSunPort { get; init; }

        /// <summary>Null for none.</summary>
        public required string LogPort { get; init; }

        public required int LogBaud { get; init; }

        /// <summary>Null for none.</summary>
        public required IPEndPoint Address { get; init; }

        /// <summary>Addresses of this PC to ask from; none for the one from which the board is reached.</summary>
        public required IReadOnlyList<IPAddress> From { get; init; }

        /// <summary>Called with "on" and "off"; null for none.</summary>
        public required string PowerCommand { get; init; }

        /// <summary>Whether the bench may write its keys to the board, in place of those that it has.</summary>
        public required bool Enrols { get; init; }
    }
}
