using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace NanoComm.Hems
{
    /// <summary>A high-voltage smart meter: class 0x028A, or 0x028F, which tells both directions, minutes, power and
    /// currents.</summary>
    public sealed class HemsHighVoltageMeter : HemsMeter
    {
        /// <summary>Class group and class: one direction.</summary>
        public const int Class = 0x028A;

        /// <summary>Class group and class: both directions.</summary>
        public const int BidirectionalClass = 0x028F;

        internal const byte MaximumDemand = 0xC1;
        internal const byte HalfHourDemand = 0xC3;
        internal const byte DemandUnit = 0xC5;
        internal const byte Lag = 0xCA;
        internal const byte HalfHourLag = 0xCB;
        internal const byte ReactiveUnit = 0xCD;
        internal const byte Multiplier = 0xD4;
        internal const byte LagNow = 0xD5;
        internal const byte Day = 0xE1;
        internal const byte Active = 0xE2;
        internal const byte HalfHourActive = 0xE3;
        internal const byte ActiveUnit = 0xE6;
        internal const byte Power = 0xEA;
        internal const byte Currents = 0xEB;
        internal const byte Minutes = 0xED;
        internal const byte ReactiveMinutes = 0xEE;
        internal const byte MinutesTime = 0xEF;

        private const int NoCurrent = 0x7FFFFFFE;
        private const byte LastMultiplier = 3;
        private const byte HundredThousand = 0x0E;

        private static readonly HemsDays[] Series =
        [
            new(HemsQuantity.Energy, 0xE7, 0xE8), new(HemsQuantity.Demand, 0xC6, 0xC8), new(HemsQuantity.Reactive, 0xCE, 0xCF),
        ];

        // By quantity.
        private readonly decimal?[] _scales = new decimal?[Series.Length];

        /// <summary>A meter of which nothing is known but its object.</summary>
        public HemsHighVoltageMeter(int eoj)
            : base(eoj)
        {
        }

        /// <inheritdoc/>
        public override bool HasReverse => Eoj >> 8 == BidirectionalClass;

        internal override byte EnergyUnit => ActiveUnit;

        internal override byte[] ScaleEpcs => [Coefficient, Multiplier, ActiveUnit, DemandUnit, ReactiveUnit];

        // With the registers, as the coefficient changes when the transformer does.
        internal override byte[] ReadingEpcs => HasReverse
            ? [.. ScaleEpcs, Active, Power, Currents, MaximumDemand, LagNow, OneMinute]
            : [.. ScaleEpcs, Active, MaximumDemand, Lag];

        internal override byte[] HalfHourEpcs => [HalfHourActive, HalfHourDemand, HalfHourLag];

        internal override (byte Selector, byte Data)? MinuteRows => HasReverse ? (MinutesTime, Minutes) : null;

        internal override IReadOnlyList<HemsDays> Days => Series;

        internal override (byte Selector, IReadOnlyList<HemsDays> Days) DayHistory => (Day, Series);

        internal override IReadOnlyList<(HemsQuantity Quantity, byte Data)> MinuteHistory => HasReverse
            ? [(HemsQuantity.Energy, Minutes), (HemsQuantity.Reactive, ReactiveMinutes)] : [];

        internal override byte[] ClockEpcs => [Active];

        /// <inheritdoc/>
        public override decimal? ScaleOf(HemsQuantity quantity)
        {
            return _scales[(int)quantity];
        }

        internal override bool TakeScale(EchonetMessage answer)
        {
            decimal? factor = ToCoefficient(answer.Find(Coefficient)) * ToMultiplier(answer.Find(Multiplier));
            bool isNew = SetScale(HemsQuantity.Energy, factor * ToUnitOfClass(answer.Find(ActiveUnit)));
            isNew |= SetScale(HemsQuantity.Demand, factor * ToUnitOfClass(answer.Find(DemandUnit)));
            isNew |= SetScale(HemsQuantity.Reactive, factor * ToUnitOfClass(answer.Find(ReactiveUnit)));
            return isNew;
        }

        internal override DateTime? ToClock(EchonetMessage answer)
        {
            return ToTime(answer.Find(Active), TimeLength);
        }

        internal override HemsReading ToReading(EchonetMessage answer)
        {
            byte[] active = answer.Find(Active);
            HemsPair energy = ToPair(HemsQuantity.Energy, active, TimeLength);
            return new HemsReading(HasReverse ? ToPower(answer.Find(Power)) : null,
                HasReverse ? ToCurrent(answer.Find(Currents), 0) : null,
                HasReverse ? ToCurrent(answer.Find(Currents), 1) : null, energy.Normal, energy.Reverse,
                energy.NormalRegister, energy.ReverseRegister, ToTimed(answer.Find(OneMinute))?.Time)
            {
                High = new HemsHighReading(ToTime(active, TimeLength), HasReverse,
                    ToPair(HemsQuantity.Demand, answer.Find(MaximumDemand), 0),
                    ToPair(HemsQuantity.Reactive, answer.Find(HasReverse ? LagNow : Lag), TimeLength)),
            };
        }

        /// <summary>The property of a half-hour's value.</summary>
        internal static byte HalfHourOf(HemsQuantity quantity)
        {
            return quantity switch
            {
                HemsQuantity.Demand => HalfHourDemand,
                HemsQuantity.Reactive => HalfHourLag,
                _ => HalfHourActive,
            };
        }

        private bool SetScale(HemsQuantity quantity, decimal? scale)
        {
            // Divided so, a decimal loses the zeros at its end: a value has no more decimals than the step.
            scale /= 1.0000000000000000000000000000m;
            bool isNew = _scales[(int)quantity] != scale;
            _scales[(int)quantity] = scale;
            return isNew;
        }

        private HemsPair ToPair(HemsQuantity quantity, byte[] edt, int offset)
        {
            uint? normal = ToRegister(edt, offset);
            uint? reverse = ToRegister(edt, offset + 4);
            return new HemsPair(ToValue(quantity, normal), ToValue(quantity, reverse), normal, reverse);
        }

        // As of the coefficient: 1 where there is none, and null when it is not told now.
        private decimal? ToMultiplier(byte[] edt)
        {
            return edt == null ? (GetMap.Contains(Multiplier) ? null : 1)
                : edt[0] <= LastMultiplier ? ToUnit(edt)
                : null;
        }

        private decimal? ToUnitOfClass(byte[] edt)
        {
            return HasReverse && edt?[0] == HundredThousand ? 100_000 : ToUnit(edt);
        }

        private static decimal? ToCurrent(byte[] edt, int phase)
        {
            return edt?.Length == 8
                && BinaryPrimitives.ReadInt32BigEndian(edt.AsSpan(phase * 4)) is int tenths and not NoCurrent
                ? tenths * 0.1m
                : null;
        }
    }
}
