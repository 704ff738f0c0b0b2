using System;
using NanoComm.Hal;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>Keys for one client.</summary>
    public sealed class PairingKeys
    {
        /// <summary>Length of a ticket id.</summary>
        public const int TicketIdLength = 16;

        /// <summary>Takes the keys.</summary>
        /// <param name="epoch">Epoch of the pairing.</param>
        /// <param name="clientTitle">System title of the client, 8 bytes.</param>
        /// <param name="encryptionKey">GUEK, 16 bytes.</param>
        /// <param name="authenticationKey">GAK, 16 bytes.</param>
        /// <param name="ticketId">Id of the ticket that brings them, 16 bytes; null for none.</param>
        public PairingKeys(uint epoch, byte[] clientTitle, byte[] encryptionKey, byte[] authenticationKey,
            byte[] ticketId = null)
        {
            ticketId ??= new byte[TicketIdLength];
            ArgumentOutOfRangeException.ThrowIfNotEqual(clientTitle.Length, Suite0.TitleLength);
            ArgumentOutOfRangeException.ThrowIfNotEqual(encryptionKey.Length, Suite0.KeyLength);
            ArgumentOutOfRangeException.ThrowIfNotEqual(authenticationKey.Length, Suite0.KeyLength);
            ArgumentOutOfRangeException.ThrowIfNotEqual(ticketId.Length, TicketIdLength);
            Epoch = epoch;
            ClientTitle = clientTitle;
            EncryptionKey = encryptionKey;
            AuthenticationKey = authenticationKey;
            TicketId = ticketId;
        }

        /// <summary>Epoch of the pairing.</summary>
        public uint Epoch { get; }

        /// <summary>System title of the client.</summary>
        public byte[] ClientTitle { get; }

        /// <summary>GUEK.</summary>
        public byte[] EncryptionKey { get; }

        /// <summary>GAK.</summary>
        public byte[] AuthenticationKey { get; }

        /// <summary>Id of the ticket that brings them; zeros for none.</summary>
        public byte[] TicketId { get; }

        /// <summary>Last time at which they may be staged or committed, in seconds since
        /// 2020-01-01T00:00:00Z, or <see cref="StageOrder.Never"/>.</summary>
        public uint NotAfter { get; init; } = StageOrder.Never;

        /// <summary>Makes keys up.</summary>
        public static PairingKeys MakeUp(uint epoch, byte[] clientTitle, IRandomSource random)
        {
            var encryptionKey = new byte[Suite0.KeyLength];
            var authenticationKey = new byte[Suite0.KeyLength];
            random.Fill(encryptionKey, 0, Suite0.KeyLength);
            random.Fill(authenticationKey, 0, Suite0.KeyLength);
            return new PairingKeys(epoch, clientTitle, encryptionKey, authenticationKey);
        }
    }
}
