using System;
using NanoComm.Bytes;
using NanoComm.Hal;
using NanoComm.Metering;
using NanoComm.Records;

namespace NanoComm.MeterLink
{
    /// <summary>
    /// What this unit has learnt of its metering unit, and needs at the next start before it has asked: the class that it
    /// serves, and from when on the rows of a high-voltage one are to be multiplied by the coefficient that it tells.
    /// Layout, 29 bytes: 01, class u8 (0 low, 1 high voltage), serial number 12, coefficient u32, multiplier u8, unit u8,
    /// reserved u8, since s64 in seconds of <see cref="MeterTime"/>.
    /// </summary>
    public sealed class LearntMeter
    {
        private const byte Version = 1;
        private const int ClassAt = 1;
        private const int SerialAt = 2;
        private const int CoefficientAt = SerialAt + MeterParameters.SerialLength;
        private const int MultiplierAt = CoefficientAt + 4;
        private const int UnitAt = MultiplierAt + 1;
        private const int SinceAt = UnitAt + 2;
        private const int Length = SinceAt + 8;

        private readonly IDurableStore _store;
        private readonly byte[] _record = new byte[Length];
        private readonly byte[] _new = new byte[Length];

        /// <summary>Reads the record.</summary>
        /// <param name="store">Where it is.</param>
        /// <param name="usual">The class until there is a record.</param>
        public LearntMeter(IDurableStore store, MeterClass usual)
        {
            _store = store;
            int length = store.Read(RecordCatalogue.MeteringUnit, _record);
            if (length != Length || _record[0] != Version || _record[ClassAt] > (byte)MeterClass.HighVoltage)
            {
                Array.Clear(_record, 0, Length);
                _record[ClassAt] = (byte)usual;
                WriteSince(_record, long.MinValue);
            }
        }

        /// <summary>The class that the unit serves.</summary>
        public MeterClass Class => (MeterClass)_record[ClassAt];

        /// <summary>Rows before this time are to be multiplied by another coefficient, or nobody knows by which.</summary>
        public long Since => ((long)BigEndian.ReadU32(_record, SinceAt) << 32) | BigEndian.ReadU32(_record, SinceAt + 4);

        /// <summary>Makes the unit one of another class, from the next start on.</summary>
        /// <param name="meterClass">The class.</param>
        /// <returns>False when the store did not take it.</returns>
        public bool Become(MeterClass meterClass)
        {
            Array.Clear(_new, 0, Length);
            _new[ClassAt] = (byte)meterClass;
            WriteSince(_new, long.MinValue);
            return Write();
        }

        /// <summary>Whether the metering unit is the one that it was, and registers are to be multiplied by another
        /// coefficient, or have another unit.</summary>
        /// <param name="parameters">What it tells, of a high-voltage one.</param>
        public bool IsRescaled(MeterParameters parameters)
        {
            Fill(parameters);
            return _record[0] == Version && BigEndian.ReadU32(_record, CoefficientAt) != 0
                && Octets.AreEqual(_new, SerialAt, _record, SerialAt, MeterParameters.SerialLength)
                && !Octets.AreEqual(_new, CoefficientAt, _record, CoefficientAt, SinceAt - CoefficientAt);
        }

        /// <summary>Keeps by what registers are to be multiplied, if it is not known yet. A store that does not take it is
        /// asked again at the next start.</summary>
        /// <param name="parameters">What the metering unit tells.</param>
        /// <param name="since">From when on.</param>
        public void Keep(MeterParameters parameters, long since)
        {
            Fill(parameters);
            WriteSince(_new, since);
            if (!Octets.AreEqual(_new, 0, _record, 0, Length))
            {
                Write();
            }
        }

        /// <summary>Whether the metering unit is the one of the record.</summary>
        /// <param name="parameters">What it tells.</param>
        public bool IsSame(MeterParameters parameters)
        {
            Fill(parameters);
            return Octets.AreEqual(_new, 0, _record, 0, SinceAt);
        }

        private static void WriteSince(byte[] record, long since)
        {
            BigEndian.WriteU32(record, SinceAt, (uint)(since >> 32));
            BigEndian.WriteU32(record, SinceAt + 4, (uint)since);
        }

        private void Fill(MeterParameters parameters)
        {
            _new[0] = Version;
            _new[ClassAt] = (byte)MeterClass.HighVoltage;
            parameters.CopySerial(_new, SerialAt);
            BigEndian.WriteU32(_new, CoefficientAt, parameters.Coefficient);
            _new[MultiplierAt] = parameters.High.Multiplier;
            _new[UnitAt] = parameters.Unit;
            _new[UnitAt + 1] = 0;
        }

        private bool Write()
        {
            _new[0] = Version;
            if (!_store.Write(RecordCatalogue.MeteringUnit, _new, Length))
            {
                return false;
            }

            Array.Copy(_new, _record, Length);
            return true;
        }
    }
}
