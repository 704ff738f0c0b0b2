using System;
using System.Text;
using NanoComm.Hal;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// What a metering unit keeps through a power cut: who it is, its active pairing, the utility's keys, the switch
    /// and the security event log; each a record of its own, replaced as a whole.
    /// </summary>
    public sealed class MeteringUnitState
    {
        /// <summary>Longest serial number.</summary>
        public const int MaxSerialLength = 12;

        private const string IdentityRecord = "identity";
        private const string PairingRecord = "pairing";
        private const string UtilityRecord = "utility";
        private const string SwitchRecord = "switch";
        private const byte DefaultGranularity = 30;

        private readonly IDurableStore _store;

        private MeteringUnitState(IDurableStore store)
        {
            _store = store;
        }

        /// <summary>Own system title, 8 bytes.</summary>
        public byte[] SystemTitle { get; private set; }

        /// <summary>Serial number, ASCII.</summary>
        public string SerialNumber { get; private set; }

        /// <summary>The active pairing; null before the first one.</summary>
        public KeyRecord Pairing { get; private set; }

        /// <summary>The utility's keys; null where there are none.</summary>
        public KeyRecord Utility { get; private set; }

        /// <summary>The soft switch: minutes of the granularity that is sent up, 1, 5, 15 or 30.</summary>
        public byte Granularity { get; private set; }

        /// <summary>The security event log.</summary>
        public SecurityEventLog Events { get; private set; }

        /// <summary>Reads the state of a unit.</summary>
        /// <returns>Null when the unit was never made.</returns>
        public static MeteringUnitState Load(IDurableStore store)
        {
            var state = new MeteringUnitState(store);
            return state.Reload() ? state : null;
        }

        /// <summary>Makes a unit, as the factory does: its identity last, so that a half-made one is made
        /// again.</summary>
        /// <param name="store">Its store.</param>
        /// <param name="systemTitle">8 bytes.</param>
        /// <param name="serialNumber">1…12 ASCII characters.</param>
        /// <param name="pairing">The first pairing, or null.</param>
        /// <param name="utility">The utility's keys, or null.</param>
        /// <returns>Null when the store did not take it.</returns>
        public static MeteringUnitState Make(
            IDurableStore store, byte[] systemTitle, string serialNumber, PairingKeys pairing, PairingKeys utility)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(systemTitle.Length, Suite0.TitleLength);
            if (serialNumber.Length is < 1 or > MaxSerialLength || !Ascii.IsValid(serialNumber))
            {
                throw new ArgumentException("1…12 ASCII characters", nameof(serialNumber));
            }

            byte[] identity = [.. systemTitle, .. Encoding.ASCII.GetBytes(serialNumber)];
            bool isMade = (pairing == null || KeyRecord.Save(store, PairingRecord, pairing))
                && (utility == null || KeyRecord.Save(store, UtilityRecord, utility))
                && store.Write(IdentityRecord, identity, identity.Length);
            return isMade ? Load(store) : null;
        }

        /// <summary>Starts again from what is durable, as after a power cut.</summary>
        /// <returns>False when the unit was never made.</returns>
        public bool Reload()
        {
            var buffer = new byte[DurableStore.MaxLength];
            int length = _store.Read(IdentityRecord, buffer);
            if (length <= Suite0.TitleLength)
            {
                return false;
            }

            SystemTitle = buffer[..Suite0.TitleLength];
            SerialNumber = Encoding.ASCII.GetString(buffer, Suite0.TitleLength, length - Suite0.TitleLength);
            Pairing?.Dispose();
            Utility?.Dispose();
            Pairing = KeyRecord.Load(_store, PairingRecord);
            Utility = KeyRecord.Load(_store, UtilityRecord);
            Granularity = _store.Read(SwitchRecord, buffer) == 1 && IsGranularity(buffer[0]) ? buffer[0]
                : DefaultGranularity;
            Events = new SecurityEventLog(_store);
            return true;
        }

        /// <summary>Replaces the active pairing; the old one is gone with that record. The same one again changes
        /// nothing: writing it anew would start its counter again.</summary>
        /// <returns>False when the store did not take it: then the old one is still active.</returns>
        public bool Pair(PairingKeys keys)
        {
            if (Pairing != null && Pairing.IsSame(keys))
            {
                return true;
            }

            if (!KeyRecord.Save(_store, PairingRecord, keys))
            {
                return false;
            }

            Pairing?.Dispose();
            Pairing = KeyRecord.Load(_store, PairingRecord);
            return true;
        }

        /// <summary>Sets the soft switch.</summary>
        /// <returns>False when the store did not take it.</returns>
        public bool SetGranularity(byte minutes)
        {
            if (!_store.Write(SwitchRecord, [minutes], 1))
            {
                return false;
            }

            Granularity = minutes;
            return true;
        }

        /// <summary>Whether the soft switch has such a position.</summary>
        public static bool IsGranularity(byte minutes)
        {
            return minutes is 1 or 5 or 15 or 30;
        }
    }
}
