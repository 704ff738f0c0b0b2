using System.Collections.Generic;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>How a metering unit differs from the usual one, within what standards and makers allow; all off in the
    /// usual one. Each holds until it is switched off; those of the association from the next one on.</summary>
    public sealed class MeteringUnitQuirks
    {
        /// <summary>Of the rows of an answer only the first has a time; in the others it is null-data: one capture period
        /// on from the row before.</summary>
        public bool NullTimes { get; set; }

        /// <summary>Of the rows of a load profile only every so many-th has a time, by its label; an answer may begin with
        /// one that has none. 0 = off.</summary>
        public int TimeEvery { get; set; }

        /// <summary>A value of a row that is the one of the row before it in the answer is null-data.</summary>
        public bool NullValues { get; set; }

        /// <summary>Seconds by which the labels of rows lie off the grid.</summary>
        public int LabelOffset { get; set; }

        /// <summary>A range leaves out the row at its beginning.</summary>
        public bool RangeWithoutFirst { get; set; }

        /// <summary>A range leaves out the row at its end.</summary>
        public bool RangeWithoutLast { get; set; }

        /// <summary>Load profiles are kept oldest first (FIFO): entry 1 is the oldest row.</summary>
        public bool OldestFirst { get; set; }

        /// <summary>Load profiles have a column with a status of 8 bits behind the clock.</summary>
        public bool StatusColumn { get; set; }

        /// <summary>Load profiles have the reverse direction before the normal one.</summary>
        public bool ReverseFirst { get; set; }

        /// <summary>Type of energies, in registers and rows.</summary>
        public DataTag EnergyType { get; set; } = DataTag.DoubleLongUnsigned;

        /// <summary>Added to energies, in registers and rows.</summary>
        public long EnergyOffset { get; set; }

        /// <summary>Clock and rows have their times as date-time (tag 25) in place of an octet-string.</summary>
        public bool DateTimeTag { get; set; }

        /// <summary>The serial number in place of its own; null for its own.</summary>
        public string Serial { get; set; }

        /// <summary>Services that it does not offer.</summary>
        public Conformance Without { get; set; }

        /// <summary>What reading an attribute ends with in place of a value; attribute 0 stands for the whole
        /// object.</summary>
        public Dictionary<(Obis Name, int Attribute), DataAccessResult> Refused { get; } = new();

        /// <summary>What an attribute reads as in place of its value: data with its tag.</summary>
        public Dictionary<(Obis Name, int Attribute), byte[]> Answers { get; } = new();

        /// <summary>Takes objects away.</summary>
        public MeteringUnitQuirks Miss(params string[] names)
        {
            foreach (string name in names)
            {
                Refused[(Obis.Parse(name), 0)] = DataAccessResult.ObjectUndefined;
            }

            return this;
        }

        /// <summary>Whether an object is taken away.</summary>
        public bool Misses(Obis name)
        {
            return Refused.GetValueOrDefault((name, 0)) == DataAccessResult.ObjectUndefined;
        }

        /// <summary>Writes a time as this unit does.</summary>
        public void WriteTime(AxdrWriter to, byte[] time)
        {
            if (DateTimeTag)
            {
                to.Byte((byte)DataTag.DateTime).Bytes(time);
            }
            else
            {
                to.OctetString(time);
            }
        }

        /// <summary>Writes an energy as this unit does.</summary>
        public void WriteEnergy(AxdrWriter to, uint register)
        {
            long value = register + EnergyOffset;
            to.Byte((byte)EnergyType);
            if (EnergyType is DataTag.Long64 or DataTag.Long64Unsigned)
            {
                to.UInt32((uint)(value >> 32));
            }

            to.UInt32((uint)value);
        }

        /// <summary>What reading an attribute ends with instead of what it would.</summary>
        /// <returns>False when nothing is different.</returns>
        public bool Replaces(AttributeReference reference, AxdrWriter to, out DataAccessResult result)
        {
            if (Refused.TryGetValue((reference.Name, 0), out result)
                || Refused.TryGetValue((reference.Name, reference.Attribute), out result))
            {
                return true;
            }

            bool isAnswered = Answers.TryGetValue((reference.Name, reference.Attribute), out byte[] answer);
            to.Bytes(answer);
            result = DataAccessResult.Success;
            return isAnswered;
        }
    }
}
