using System;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Simulators;

namespace NanoComm.Rig
{
    /// <summary>
    /// A simulated metering unit as the firmware's loop sees one, without a link between the two: for runs whose subject
    /// is what lies above the link. It answers at once, or not at all while the unit does not answer.
    /// </summary>
    public sealed class DirectMeteringUnit : IMeteringUnit
    {
        private const byte UnitOfWattHours = 0x03;

        private readonly SimulatedMeteringUnit _unit;

        /// <summary>Connects to a metering unit.</summary>
        public DirectMeteringUnit(SimulatedMeteringUnit unit)
        {
            _unit = unit;
        }

        /// <inheritdoc/>
        public bool HasGaps => false;

        /// <inheritdoc/>
        public MeteringResult ReadParameters(MeterParameters parameters)
        {
            if (!_unit.IsAnswering)
            {
                return MeteringResult.NoAnswer;
            }

            parameters.Set("SIM000000001"u8.ToArray(), 1, UnitOfWattHours, SimulatedMeteringUnit.Digits);
            return MeteringResult.Ok;
        }

        /// <inheritdoc/>
        public MeteringResult ReadNow(MeterReading reading)
        {
            if (!_unit.IsAnswering)
            {
                return MeteringResult.NoAnswer;
            }

            reading.SetRegisters(Take(reading).ToMeterTime(), reading.Normal, reading.Reverse);
            reading.SetMinute(MeterTime.Unknown, MeterReading.NoEnergy, MeterReading.NoEnergy);
            foreach (IntervalRow row in _unit.NewestRows(MeterInterval.Minute, 1))
            {
                reading.SetMinute(row.Label.ToMeterTime(), _unit.NormalAt(row.Recorded), _unit.ReverseAt(row.Recorded));
            }

            return MeteringResult.Ok;
        }

        /// <inheritdoc/>
        public MeteringResult ReadLive(MeterReading reading)
        {
            if (!_unit.IsAnswering)
            {
                return MeteringResult.NoAnswer;
            }

            Take(reading);
            return MeteringResult.Ok;
        }

        /// <inheritdoc/>
        public MeteringResult ReadMinutes(long from, long to, IProfileSink sink)
        {
            return ReadRows(MeterInterval.Minute, from, to, sink);
        }

        /// <inheritdoc/>
        public MeteringResult ReadHalfHours(long from, long to, IProfileSink sink)
        {
            return ReadRows(MeterInterval.HalfHour, from, to, sink);
        }

        /// <inheritdoc/>
        public MeteringResult ReadRequest(ProfileRequest request)
        {
            return MeteringResult.Refused;
        }

        private DateTime Take(MeterReading reading)
        {
            MeterValues now = _unit.Read();
            reading.SetRegisters(reading.Time, now.Normal, now.Reverse);
            reading.SetInstantaneous(now.Power, now.CurrentR, now.CurrentT);
            return now.Clock;
        }

        private MeteringResult ReadRows(MeterInterval interval, long from, long to, IProfileSink sink)
        {
            if (!_unit.IsAnswering)
            {
                return MeteringResult.NoAnswer;
            }

            if (from % (int)interval != 0 || to % (int)interval != 0 || to < from)
            {
                return MeteringResult.Refused;
            }

            foreach (IntervalRow row in _unit.RowsBetween(interval, from.ToCivil(), to.ToCivil()))
            {
                sink.Put(row.Label.ToMeterTime(), [_unit.NormalAt(row.Recorded), _unit.ReverseAt(row.Recorded)]);
            }

            return MeteringResult.Ok;
        }
    }
}
