using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Hems
{
    /// <summary>What a controller knows of a smart meter of the ECHONET appendix, and how to read the properties that the
    /// classes share.</summary>
    public abstract class HemsMeter
    {
        internal const byte IdentificationNumber = 0x83;
        internal const byte ProductionNumber = 0x8D;
        internal const byte CurrentTime = 0x97;
        internal const byte CurrentDate = 0x98;
        internal const byte InfMapEpc = 0x9D;
        internal const byte SetMapEpc = 0x9E;
        internal const byte GetMapEpc = 0x9F;
        internal const byte OneMinute = 0xD0;
        internal const byte Coefficient = 0xD3;
        internal const byte InstanceListS = 0xD6;

        /// <summary>Length of a date and time with seconds.</summary>
        internal const int TimeLength = 7;

        /// <summary>Half-hours of a day, the first one at midnight.</summary>
        internal const int HalfHoursPerDay = 48;

        /// <summary>The oldest day that can be chosen, counted back from today.</summary>
        internal const int LastDay = 99;

        // A meter that has no time yet tells one of long ago, such as 0001-01-01.
        private const int FirstYear = 2000;

        private const uint NoEnergy = 0xFFFFFFFE;
        private const int NoPower = 0x7FFFFFFE;
        private const int DayLength = 2 + (HalfHoursPerDay * 4);
        private const int RowLength = 8;
        private const int ShortTimeLength = 6;

        // What a controller can read, the class that tells most first.
        private static readonly int[] Classes =
        [
            HemsLowVoltageMeter.Class, HemsHighVoltageMeter.BidirectionalClass, HemsHighVoltageMeter.Class,
        ];

        /// <summary>A meter of which nothing is known but its object.</summary>
        protected HemsMeter(int eoj)
        {
            Eoj = eoj;
        }

        /// <summary>Its object, e.g. 028801.</summary>
        public int Eoj { get; }

        /// <summary>EPCs that can be read; empty when the meter does not say.</summary>
        public IReadOnlySet<byte> GetMap { get; private set; } = new HashSet<byte>();

        /// <summary>EPCs that can be set.</summary>
        public IReadOnlySet<byte> SetMap { get; private set; } = new HashSet<byte>();

        /// <summary>EPCs that the meter announces.</summary>
        public IReadOnlySet<byte> InfMap { get; private set; } = new HashSet<byte>();

        /// <summary>kWh of one step of a register of active energy. Null while it is not known: then a register is a number
        /// without a unit.</summary>
        public decimal? Scale => ScaleOf(HemsQuantity.Energy);

        /// <summary>Whether it tells the reverse direction too.</summary>
        public virtual bool HasReverse => true;

        /// <summary>Whether asking once more may tell what a step is worth.</summary>
        internal bool MayTellScale => Scale == null && CanGet(EnergyUnit);

        /// <summary>The property that tells the unit of energy.</summary>
        internal abstract byte EnergyUnit { get; }

        /// <summary>What tells what the steps of registers are worth.</summary>
        internal abstract byte[] ScaleEpcs { get; }

        /// <summary>What is read in each round.</summary>
        internal abstract byte[] ReadingEpcs { get; }

        /// <summary>Values at the end of the last half-hour.</summary>
        internal abstract byte[] HalfHourEpcs { get; }

        /// <summary>Chooses and reads rows of minutes; null without them.</summary>
        internal virtual (byte Selector, byte Data)? MinuteRows => null;

        /// <summary>The same of half-hours.</summary>
        internal virtual (byte Selector, byte Data)? HalfHourRows => null;

        /// <summary>What can be read of a day; nothing where half-hours come in rows.</summary>
        internal virtual IReadOnlyList<HemsDays> Days => [];

        /// <summary>What can be read of a day of half-hours, and what chooses the day.</summary>
        internal abstract (byte Selector, IReadOnlyList<HemsDays> Days) DayHistory { get; }

        /// <summary>What can be read of minutes once they are chosen (<see cref="MinuteRows"/>).</summary>
        internal virtual IReadOnlyList<(HemsQuantity Quantity, byte Data)> MinuteHistory => [];

        /// <summary>What tells the meter's time.</summary>
        internal abstract byte[] ClockEpcs { get; }

        /// <summary>The meter that a node has, by its instance list (D6); of two the one that tells more. Null without
        /// one.</summary>
        internal static HemsMeter FindIn(byte[] instances)
        {
            int eoj = Enumerable.Range(0, instances == null ? 0 : (instances.Length - 1) / 3)
                .Select(i => (instances[1 + (i * 3)] << 16) | (instances[2 + (i * 3)] << 8) | instances[3 + (i * 3)])
                .Where(found => Classes.Contains(found >> 8))
                .OrderBy(found => Array.IndexOf(Classes, found >> 8)).FirstOrDefault();
            return eoj == 0 ? null
                : eoj >> 8 == HemsLowVoltageMeter.Class ? new HemsLowVoltageMeter(eoj)
                : new HemsHighVoltageMeter(eoj);
        }

        /// <summary>Learns what it can do.</summary>
        internal void SetMaps(EchonetMessage maps)
        {
            InfMap = EchonetMessage.ParseMap(maps.Find(InfMapEpc));
            SetMap = EchonetMessage.ParseMap(maps.Find(SetMapEpc));
            GetMap = EchonetMessage.ParseMap(maps.Find(GetMapEpc));
        }

        /// <summary>Learns what the steps of registers are worth.</summary>
        /// <param name="answer">Has <see cref="ScaleEpcs"/>, as far as the meter tells them.</param>
        /// <returns>Whether they are worth something else than before.</returns>
        internal abstract bool TakeScale(EchonetMessage answer);

        /// <summary>What one step is worth, in kWh, kW or kvarh; null while it is not known.</summary>
        public abstract decimal? ScaleOf(HemsQuantity quantity);

        /// <summary>A register in kWh, kW or kvarh; null for "no data", and while its scale is not known.</summary>
        public decimal? ToValue(HemsQuantity quantity, uint? register)
        {
            return register * ScaleOf(quantity);
        }

        /// <summary>A register in kWh; null for "no data", and while <see cref="Scale"/> is not known.</summary>
        public decimal? ToEnergy(uint? register)
        {
            return ToValue(HemsQuantity.Energy, register);
        }

        /// <summary>The meter's time, of an answer with <see cref="ClockEpcs"/>.</summary>
        /// <returns>Null when it tells none.</returns>
        internal abstract DateTime? ToClock(EchonetMessage answer);

        /// <summary>A reading in kWh, W and A.</summary>
        internal abstract HemsReading ToReading(EchonetMessage answer);

        /// <summary>Whether it lets a property be read.</summary>
        internal bool CanGet(byte epc)
        {
            return GetMap.Count == 0 || GetMap.Contains(epc);
        }

        /// <summary>Whether rows can be chosen and read.</summary>
        internal bool CanFetch(byte selector, byte data)
        {
            return GetMap.Contains(data) && SetMap.Contains(selector);
        }

        /// <summary>A coefficient: 1 where there is none, null when it is said to be there and is not told now: then it may be
        /// anything.</summary>
        internal decimal? ToCoefficient(byte[] edt)
        {
            return edt?.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(edt)
                : GetMap.Contains(Coefficient) ? null
                : 1;
        }

        /// <summary>A unit: a power of ten, or null for a code that is none.</summary>
        internal static decimal? ToUnit(byte[] edt)
        {
            return edt?[0] switch
            {
                0 => 1, 1 => 0.1m, 2 => 0.01m, 3 => 0.001m, 4 => 0.0001m,
                0x0A => 10, 0x0B => 100, 0x0C => 1000, 0x0D => 10000,
                _ => null,
            };
        }

        /// <summary>A register, or null for "no data".</summary>
        internal static uint? ToRegister(byte[] edt, int offset)
        {
            return edt?.Length >= offset + 4
                && BinaryPrimitives.ReadUInt32BigEndian(edt.AsSpan(offset)) is uint value and not NoEnergy ? value : null;
        }

        /// <summary>Power in W, or null for "no data".</summary>
        internal static int? ToPower(byte[] edt)
        {
            return edt?.Length == 4
                && BinaryPrimitives.ReadInt32BigEndian(edt) is int watts and not NoPower ? watts : null;
        }

        /// <summary>A time and the registers at it, as D0 has them: both, or the normal direction's alone.</summary>
        /// <returns>Null without a time.</returns>
        internal static HemsEnergy ToTimed(byte[] edt)
        {
            return ToTime(edt, TimeLength) is DateTime time
                ? new HemsEnergy(time, ToRegister(edt, TimeLength), ToRegister(edt, TimeLength + 4))
                : null;
        }

        /// <summary>Rows from their first time on backward.</summary>
        internal static IEnumerable<HemsEnergy> ToRows(byte[] edt, TimeSpan interval)
        {
            if (ToTime(edt, ShortTimeLength) is not DateTime time || edt.Length <= ShortTimeLength)
            {
                yield break;
            }

            for (int i = 0; i < edt[ShortTimeLength] && ShortTimeLength + 1 + ((i + 1) * RowLength) <= edt.Length; i++)
            {
                int row = ShortTimeLength + 1 + (i * RowLength);
                yield return new HemsEnergy(time - (interval * i), ToRegister(edt, row), ToRegister(edt, row + 4));
            }
        }

        /// <summary>The half-hours of a day: the answer says which one, and has the meter's time (<see cref="ClockEpcs"/>), from which
        /// days are counted; midnight may have passed since the day was chosen.</summary>
        /// <returns>Nothing, where no day was chosen or no time is told.</returns>
        internal IEnumerable<HemsEnergy> ToDay(EchonetMessage answer, HemsDays days)
        {
            byte[] normal = answer.Find(days.Normal);
            byte[] reverse = answer.Find(days.Reverse);
            if (ToClock(answer) is not DateTime now || normal?.Length != DayLength
                || BinaryPrimitives.ReadUInt16BigEndian(normal) is not (<= LastDay and ushort back))
            {
                yield break;
            }

            bool hasReverse = reverse?.Length == DayLength && BinaryPrimitives.ReadUInt16BigEndian(reverse) == back;
            for (int i = 0; i < HalfHoursPerDay; i++)
            {
                int at = 2 + (i * 4);
                yield return new HemsEnergy(now.Date.AddDays(-back).AddMinutes(30 * i), ToRegister(normal, at),
                    hasReverse ? ToRegister(reverse, at) : null);
            }
        }

        /// <summary>Chooses a day.</summary>
        /// <returns>The selector's value, or null for a day that the meter has not, or has no longer.</returns>
        internal static byte[] ToDaySelector(DateTime now, DateTime day)
        {
            int back = (now.Date - day.Date).Days;
            return back is >= 0 and <= LastDay ? [(byte)back] : null;
        }

        /// <summary>Chooses rows.</summary>
        internal static byte[] ToSelector(DateTime time, int rows)
        {
            return [(byte)(time.Year >> 8), (byte)time.Year, (byte)time.Month, (byte)time.Day, (byte)time.Hour,
                (byte)time.Minute, (byte)rows];
        }

        /// <summary>A date and time, or null for none.</summary>
        internal static DateTime? ToTime(byte[] edt, int length)
        {
            if (edt == null || edt.Length < length)
            {
                return null;
            }

            int year = (edt[0] << 8) | edt[1];
            int second = length == TimeLength ? edt[6] : 0;
            return year is >= FirstYear and < 10_000 && edt[2] is >= 1 and <= 12
                && edt[3] >= 1 && edt[3] <= DateTime.DaysInMonth(year, edt[2])
                && edt[4] < 24 && edt[5] < 60 && second < 60
                ? new DateTime(year, edt[2], edt[3], edt[4], edt[5], second)
                : null;
        }
    }
}
