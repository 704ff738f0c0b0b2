using System;
using System.Collections.Generic;
using NUnit.Framework;
using NanoComm.Hal;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Rig;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>
    /// Compares everything that a unit publishes with its meter, whose clock is never stepped: each reading the moment
    /// it is published, both buffers every minute; and notes how late each minute's value is there.
    /// </summary>
    internal sealed class Witness : ISignal
    {
        private const int LongestRecovery = 600;
        private const int LookAt = 50;

        private readonly SimulatedUnit _unit;
        private readonly MeterSnapshot _snapshot;
        private readonly List<string> _problems = [];
        private readonly HashSet<long> _recovered = [];
        private readonly long _first;

        /// <summary>Before the unit starts.</summary>
        public Witness(SimulatedUnit unit)
        {
            _unit = unit;
            _snapshot = new MeterSnapshot(unit.Unit.Data.ClockRate);
            _first = unit.Meter.ClockTime.ToMeterTime();
            unit.Unit.Data.Subscribe(this);
        }

        /// <summary>Readings and half-hours published.</summary>
        public int Published { get; private set; }

        /// <summary>Minutes that were not there 50 seconds after their end, and came later.</summary>
        public int Recovered => _recovered.Count;

        /// <summary>Whether a value may be away for longer than ten minutes: while the test itself cuts the unit off.</summary>
        public bool IsPatient { get; set; }

        /// <summary>Fails the test where anything was wrong; that cannot be done from within the unit's loops.</summary>
        public void AssertNothingWrong()
        {
            CheckHalfHours(MeterData.HistoryDays * 48);
            Assert.That(_problems, Is.Empty);
            Assert.That(Published, Is.GreaterThan(0));
        }

        /// <summary>Lets the unit run, and looks at its buffers 50 seconds after the end of each minute.</summary>
        public void RunTo(long milliseconds)
        {
            while (_unit.Scheduler.Milliseconds < milliseconds)
            {
                long now = _unit.Meter.ClockTime.ToMeterTime();
                long look = MeterTime.Floor(now - LookAt, MeterTime.Minute) + MeterTime.Minute + LookAt;
                long at = _unit.Scheduler.Milliseconds + ((look - now) * 1000);
                DayTests.RunTo(_unit, at < milliseconds ? at : milliseconds);
                CheckMinutes();
                CheckHalfHours(2);
            }
        }

        void ISignal.Set()
        {
            _unit.Unit.Data.CopyTo(_snapshot);
            MeterReading reading = _snapshot.Reading;
            CompareRegisters(reading);
            if (reading.MinuteTime != MeterTime.Unknown)
            {
                Compare("newest minute", reading.MinuteTime, reading.MinuteNormal, reading.MinuteReverse);
            }

            if (_snapshot.HalfHourNormal != MeterReading.NoEnergy)
            {
                Compare("newest half-hour", _snapshot.HalfHourTime, _snapshot.HalfHourNormal, _snapshot.HalfHourReverse);
            }

            Published++;
        }

        WaitResult ISignal.Wait(long deadline)
        {
            throw new AssertionException("nobody waits for a witness");
        }

        private void CheckMinutes()
        {
            long now = _unit.Meter.ClockTime.ToMeterTime();
            long newest = MeterTime.Floor(now - MeteringLoop.SettleSeconds, MeterTime.Minute);
            for (int i = 0; i < MeterData.MinuteCount; i++)
            {
                long label = newest - (i * MeterTime.Minute);
                if (_unit.Unit.Data.Minutes.Get(label, out uint normal, out uint reverse))
                {
                    Compare("minute", label, normal, reverse);
                }
                else
                {
                    _recovered.Add(label);
                    bool isLate = now >= label + LongestRecovery && now >= _first + LongestRecovery;
                    if (isLate && !IsPatient)
                    {
                        _problems.Add($"minute {label} is not there {now - label} s after its end");
                    }
                }
            }
        }

        private void CheckHalfHours(int count)
        {
            long newest = MeterTime.Floor(_unit.Meter.ClockTime.ToMeterTime(), MeterTime.HalfHour);
            for (int i = 0; i < count; i++)
            {
                long label = newest - (i * MeterTime.HalfHour);
                if (_unit.Unit.Data.HalfHours.Get(label, out uint normal, out uint reverse))
                {
                    Compare("half-hour", label, normal, reverse);
                }
            }
        }

        // Read with the clock, or since.
        private void CompareRegisters(MeterReading reading)
        {
            DateTime first = reading.Time.ToCivil();
            DateTime last = _unit.Meter.ClockTime;
            if (reading.Normal < _unit.Meter.NormalAt(first) || reading.Normal > _unit.Meter.NormalAt(last)
                || reading.Reverse < _unit.Meter.ReverseAt(first) || reading.Reverse > _unit.Meter.ReverseAt(last))
            {
                _problems.Add($"reading {first}…{last}: {reading.Normal}, {reading.Reverse}");
            }
        }

        private void Compare(string what, long time, uint normal, uint reverse)
        {
            DateTime instant = time.ToCivil();
            if (normal != _unit.Meter.NormalAt(instant) || reverse != _unit.Meter.ReverseAt(instant))
            {
                _problems.Add($"{what} {instant}: {normal}, {reverse} in place of "
                    + $"{_unit.Meter.NormalAt(instant)}, {_unit.Meter.ReverseAt(instant)}");
            }
        }
    }
}
