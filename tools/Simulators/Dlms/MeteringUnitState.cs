using System;
using System.Text;
using NanoComm.Hal;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// What a metering unit keeps through a power cut: who it is and its factory keys, its pairings, the utility's keys,
    /// the switch, the order that waits and the security event log; each a record of its own, replaced as a whole.
    /// Layout of the identity: title 8, length u8 and serial number, then KEK 16 and proof key 32 where it has them.
    /// </summary>
    public sealed class MeteringUnitState
    {
        /// <summary>Longest serial number.</summary>
        public const int MaxSerialLength = 12;

        private const string IdentityRecord = "identity";
        private const string MakingRecord = "making";
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

        /// <summary>Its factory keys; null in a unit of the bench, which takes no tickets.</summary>
        public FactoryKeys Factory { get; private set; }

        /// <summary>The pairings.</summary>
        public PairingSlots Slots { get; private set; }

        /// <summary>The active pairing; null before the first one.</summary>
        public KeyRecord Pairing => Slots.Active;

        /// <summary>The pending pairing, or null.</summary>
        public KeyRecord Pending => Slots.Pending;

        /// <summary>The utility's keys; null where there are none.</summary>
        public KeyRecord Utility { get; private set; }

        /// <summary>The soft switch: minutes of the granularity that is sent up, 1, 5, 15 or 30.</summary>
        public byte Granularity { get; private set; }

        /// <summary>The order that waits for the communication unit, and its answer.</summary>
        public OrderSlot Orders { get; private set; }

        /// <summary>The security event log.</summary>
        public SecurityEventLog Events { get; private set; }

        /// <summary>Reads the state of a unit.</summary>
        /// <returns>Null when the unit was never made.</returns>
        public static MeteringUnitState Load(IDurableStore store)
        {
            var state = new MeteringUnitState(store);
            if (!state.Reload())
            {
                return null;
            }

            // Once it is whole, nothing may make it anew.
            return !IsCutShort(store) || store.Delete(MakingRecord) ? state : null;
        }

        /// <summary>Whether the making of a unit was begun and not ended, as far as is known without its identity: what is
        /// there is no unit, and may be made anew.</summary>
        public static bool IsCutShort(IDurableStore store)
        {
            return store.Read(MakingRecord, []) >= 0;
        }

        /// <summary>Notes that a unit is about to be made. Making it does so by itself; whoever has to do something else
        /// first says so before.</summary>
        /// <returns>False when the store did not take it.</returns>
        public static bool Begin(IDurableStore store)
        {
            return store.Write(MakingRecord, [], 0);
        }

        /// <summary>Makes a unit that is paired already and takes no tickets, as a bench may.</summary>
        /// <param name="store">Its store.</param>
        /// <param name="systemTitle">8 bytes.</param>
        /// <param name="serialNumber">1…12 ASCII characters.</param>
        /// <param name="pairing">The pairing, or null.</param>
        /// <param name="utility">The utility's keys, or null.</param>
        /// <returns>Null when the store did not take it.</returns>
        public static MeteringUnitState Make(
            IDurableStore store, byte[] systemTitle, string serialNumber, PairingKeys pairing, PairingKeys utility)
        {
            return Make(store, systemTitle, serialNumber, null, pairing, utility);
        }

        /// <summary>Makes a unit as the factory does: not paired, it waits for a ticket.</summary>
        /// <param name="store">Its store.</param>
        /// <param name="title">System title, 8 bytes.</param>
        /// <param name="serial">Serial number, 1…12 ASCII characters.</param>
        /// <param name="kek">KEK, 16 bytes.</param>
        /// <param name="proofKey">Proof key, 32 bytes.</param>
        /// <param name="utility">The utility's keys, or null.</param>
        /// <returns>Null when the store did not take it.</returns>
        public static MeteringUnitState MakeFactory(IDurableStore store, byte[] title, string serial, byte[] kek,
            byte[] proofKey, PairingKeys utility)
        {
            return Make(store, title, serial, new FactoryKeys(kek, proofKey), null, utility);
        }

        /// <summary>Starts again from what is durable, as after a power cut.</summary>
        /// <returns>False when the unit was never made.</returns>
        public bool Reload()
        {
            if (!ReadIdentity())
            {
                return false;
            }

            Slots?.Dispose();
            Utility?.Dispose();
            Slots = new PairingSlots(_store);
            Orders = new OrderSlot(_store, Slots);
            Utility = KeyRecord.Load(_store, UtilityRecord);
            var position = new byte[1];
            Granularity = _store.Read(SwitchRecord, position) == 1 && IsGranularity(position[0]) ? position[0]
                : DefaultGranularity;
            Events = new SecurityEventLog(_store);
            return true;
        }

        /// <summary>Replaces the active pairing without a ticket, as a bench may. The same one again changes nothing:
        /// writing it anew would start its counter again.</summary>
        /// <returns>False when the store did not take it: then the old one is still active.</returns>
        public bool Pair(PairingKeys keys)
        {
            return (Pairing != null && Pairing.IsSame(keys)) || Slots.Install(keys);
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

        // Its identity last, and a note from the first moment on, so that a half-made one is told from one that lost its
        // identity.
        internal static MeteringUnitState Make(IDurableStore store, byte[] title, string serial, FactoryKeys factory,
            PairingKeys pairing, PairingKeys utility)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(title.Length, Suite0.TitleLength);
            if (serial.Length is < 1 or > MaxSerialLength || !Ascii.IsValid(serial))
            {
                throw new ArgumentException("1…12 ASCII characters", nameof(serial));
            }

            byte[] identity = [.. title, (byte)serial.Length, .. Encoding.ASCII.GetBytes(serial)];
            if (factory != null)
            {
                identity = [.. identity, .. factory.Kek, .. factory.ProofKey];
            }

            using var slots = new PairingSlots(store);
            bool isMade = Begin(store)
                && (pairing == null || slots.Install(pairing))
                && (utility == null || KeyRecord.Save(store, UtilityRecord, utility))
                && store.Write(IdentityRecord, identity, identity.Length);
            return isMade ? Load(store) : null;
        }

        private bool ReadIdentity()
        {
            var buffer = new byte[RecordLimits.MaxLength];
            var reader = new AxdrReader(buffer.AsSpan(0, Math.Max(0, _store.Read(IdentityRecord, buffer))));
            byte[] title = reader.Bytes(Suite0.TitleLength).ToArray();
            string serial = Encoding.ASCII.GetString(reader.Bytes(reader.Byte()));
            FactoryKeys factory = reader.Left == 0 ? null
                : new FactoryKeys(reader.Bytes(Suite0.KeyLength).ToArray(), reader.Rest().ToArray());
            if (!reader.IsGood || serial.Length == 0)
            {
                return false;
            }

            SystemTitle = title;
            SerialNumber = serial;
            Factory = factory;
            return true;
        }
    }
}
