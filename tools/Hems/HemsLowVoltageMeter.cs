using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace NanoComm.Hems
{
    /// <summary>A low-voltage smart meter (class 0x0288).</summary>
    public sealed class HemsLowVoltageMeter : HemsMeter
    {
        /// <summary>Class group and class.</summary>
        public const int Class = 0x0288;

        internal const byte Normal = 0xE0;
        internal const byte Unit = 0xE1;
        internal const byte DayNormal = 0xE2;
        internal const byte Reverse = 0xE3;
        internal const byte DayReverse = 0xE4;
        internal const byte Day = 0xE5;
        internal const byte Power = 0xE7;
        internal const byte Currents = 0xE8;
        internal const byte HalfHourNormal = 0xEA;
        internal const byte HalfHourReverse = 0xEB;
        internal const byte HalfHours = 0xEC;
        internal const byte HalfHoursTime = 0xED;
        internal const byte Minutes = 0xEE;
        internal const byte MinutesTime = 0xEF;

        private const int NoCurrent = 0x7FFE;
        private const int TimeOfDayLength = 2;
        private const int DateLength = 4;

        private static readonly HemsDays[] Series = [new(HemsQuantity.Energy, DayNormal, DayReverse)];

        private decimal? _scale;

        /// <summary>A meter of which nothing is known but its object.</summary>
        public HemsLowVoltageMeter(int eoj)
            : base(eoj)
        {
        }

        internal override byte EnergyUnit => Unit;

        internal override byte[] ScaleEpcs => [Coefficient, Unit];

        internal override byte[] ReadingEpcs => [Power, Currents, Normal, Reverse, OneMinute];

        internal override byte[] HalfHourEpcs => [HalfHourNormal, HalfHourReverse];

        internal override (byte Selector, byte Data)? MinuteRows => (MinutesTime, Minutes);

        internal override (byte Selector, IReadOnlyList<HemsDays> Days) DayHistory => (Day, Series);

        internal override IReadOnlyList<(HemsQuantity Quantity, byte Data)> MinuteHistory => [(HemsQuantity.Energy, Minutes)];

        internal override byte[] ClockEpcs => [CurrentDate, CurrentTime, OneMinute];

        internal override (byte Selector, byte Data)? HalfHourRows => (HalfHoursTime, HalfHours);

        /// <inheritdoc/>
        public override decimal? ScaleOf(HemsQuantity quantity)
        {
            return quantity == HemsQuantity.Energy ? _scale : null;
        }

        internal override bool TakeScale(EchonetMessage answer)
        {
            decimal? before = _scale;
            SetScale(answer.Find(Coefficient), answer.Find(Unit));
            return _scale != before;
        }

        /// <summary>Learns what a register's step is worth: coefficient (D3, 1 where there is none) times unit (E1).</summary>
        internal void SetScale(byte[] coefficient, byte[] unit)
        {
            _scale = ToCoefficient(coefficient) * ToUnit(unit);
        }

        internal override DateTime? ToClock(EchonetMessage answer)
        {
            return answer.Find(CurrentDate) is { Length: DateLength } date && answer.Find(CurrentTime) is { Length: TimeOfDayLength } time
                ? ToTime([.. date, .. time, 0], TimeLength)
                : ToTimed(answer.Find(OneMinute))?.Time;
        }

        internal override HemsReading ToReading(EchonetMessage answer)
        {
            uint? normal = ToRegister(answer.Find(Normal), 0);
            uint? reverse = ToRegister(answer.Find(Reverse), 0);
            return new HemsReading(ToPower(answer.Find(Power)), ToCurrent(answer.Find(Currents), 0),
                ToCurrent(answer.Find(Currents), 1), ToEnergy(normal), ToEnergy(reverse), normal, reverse,
                ToTimed(answer.Find(OneMinute))?.Time);
        }

        /// <summary>A phase of E8 in A, or null for "no data" and for the phase that a two-wire meter has not.</summary>
        internal static decimal? ToCurrent(byte[] edt, int phase)
        {
            return edt?.Length == 4
                && BinaryPrimitives.ReadInt16BigEndian(edt.AsSpan(phase * 2)) is short tenths and not NoCurrent
                ? tenths * 0.1m
                : null;
        }

        /// <summary>EA or EB: one register at the end of a half hour.</summary>
        /// <returns>Null without a time.</returns>
        internal static (DateTime Time, uint? Register)? ToHalfHour(byte[] edt)
        {
            return ToTimed(edt) is HemsEnergy half ? (half.Time, half.Normal) : null;
        }
    }
}
