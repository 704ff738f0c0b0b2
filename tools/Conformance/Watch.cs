using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;

namespace NanoComm.MeterConformance
{
    /// <summary>A meter over minutes: registers read again and again, and what it announces meanwhile.</summary>
    internal sealed class Watch
    {
        private const int Interval = 20_000;
        private const int ShortestInterval = 250;
        private const int Minute = 60_000;
        private const int ShortTime = 6;
        private const byte CurrentTime = 0x97;
        private const byte CurrentDate = 0x98;

        private readonly Dictionary<(int Eoj, int Day, byte Epc), byte[]> _days = new();
        private readonly Dictionary<int, DateTime> _clocks = new();
        private readonly List<WatchSample> _samples = new();

        private Watch(MeterUnderTest meter)
        {
            Speed = meter.Options.Speed;
            From = meter.Path.Now;
        }

        /// <summary>When it began, ms on the path's clock.</summary>
        public long From { get; }

        /// <summary>When it ended.</summary>
        public long To { get; private set; }

        /// <summary>How much faster than the path's the meter's clock runs.</summary>
        public int Speed { get; }

        /// <summary>What was read.</summary>
        public IReadOnlyList<WatchSample> Samples => _samples;

        /// <summary>What was announced.</summary>
        public IReadOnlyList<HeardNotification> Notifications { get; private set; } = [];

        /// <summary>Watches.</summary>
        public static Watch Run(MeterUnderTest meter)
        {
            var watch = new Watch(meter);
            int before = meter.Dialog.Notifications.Count;
            foreach (TestedObject tested in meter.Meters)
            {
                watch.ReadDays(meter, tested, 0);
                watch.ReadDays(meter, tested, 1);
                watch.ReadClock(meter, tested);
            }

            long end = watch.From + (meter.Options.Minutes * (long)Minute);
            int interval = Math.Max(Interval / watch.Speed, ShortestInterval);
            for (long next = watch.From; meter.Path.Now < end && !meter.IsOver(); next += interval)
            {
                meter.Dialog.Wait(Math.Min(Math.Max(next, meter.Path.Now), end));
                foreach (TestedObject tested in meter.Meters)
                {
                    watch._samples.Add(Read(meter, tested));
                }
            }

            watch.To = meter.Path.Now;
            watch.Notifications = meter.Dialog.Notifications.Skip(before).ToList();
            return watch;
        }

        /// <summary>A day that was read before the watch began; null when it was refused.</summary>
        public byte[] DayBefore(int eoj, int day, byte epc)
        {
            return _days.GetValueOrDefault((eoj, day, epc));
        }

        /// <summary>The values of a property in order of time, without those that were refused.</summary>
        public IEnumerable<(long Time, byte[] Value)> Of(int eoj, byte epc)
        {
            return _samples.Where(sample => sample.Eoj == eoj && sample.Values.GetValueOrDefault(epc) != null)
                .Select(sample => (sample.Time, sample.Values[epc]));
        }

        /// <summary>What the meter's clock showed at the least.</summary>
        /// <param name="eoj">The object.</param>
        /// <param name="time">When, ms on the path's clock.</param>
        /// <returns>Null when it tells no time.</returns>
        public DateTime? ClockAt(int eoj, long time)
        {
            // No value is of the future, so that the one that was heard soonest after its time says most.
            MeterClass rules = MeterClass.Of(eoj >> 8);
            DateTime[] starts = rules.Totals.Append(rules.Minutes)
                .SelectMany(epc => Of(eoj, epc)).Where(one => one.Value.Length > MeterTime.Length)
                .Select(one => (one.Time, Clock: MeterTime.Read(one.Value))).Where(one => one.Clock != null)
                .Select(one => one.Clock.Value - TimeSpan.FromMilliseconds((one.Time - From) * (double)Speed))
                .Concat(_clocks.TryGetValue(eoj, out DateTime clock) ? [clock] : []).ToArray();
            return starts.Length == 0 ? null : starts.Max() + TimeSpan.FromMilliseconds((time - From) * (double)Speed);
        }

        private static WatchSample Read(MeterUnderTest meter, TestedObject tested)
        {
            MeterClass rules = MeterClass.Of(tested.Class);
            byte[] epcs = rules.Totals.Concat(rules.HalfHours).Append(rules.Minutes)
                .Where(epc => tested.GetMap.Contains(epc)).ToArray();
            try
            {
                EchonetMessage answer = tested.Get(epcs);
                return new WatchSample(tested.Eoj, meter.Path.Now, epcs.ToDictionary(epc => epc, epc => answer.Find(epc)));
            }
            catch (MeterSilentException)
            {
                return new WatchSample(tested.Eoj, meter.Path.Now, new Dictionary<byte, byte[]>());
            }
        }

        // Hours and minutes: not less than so late.
        private void ReadClock(MeterUnderTest meter, TestedObject tested)
        {
            if (tested.GetMap.Contains(CurrentTime) && tested.GetMap.Contains(CurrentDate))
            {
                EchonetMessage answer = tested.Get(CurrentDate, CurrentTime);
                if (MeterTime.Read([.. answer.Find(CurrentDate) ?? [], .. answer.Find(CurrentTime) ?? []], ShortTime) is DateTime time)
                {
                    _clocks[tested.Eoj] = time - TimeSpan.FromMilliseconds((meter.Path.Now - From) * (double)Speed);
                }
            }
        }

        private void ReadDays(MeterUnderTest meter, TestedObject tested, byte day)
        {
            MeterClass rules = MeterClass.Of(tested.Class);
            if (!tested.SetMap.Contains(rules.DaySelector))
            {
                return;
            }

            meter.Set(tested, rules.DaySelector, [day]);
            foreach (byte epc in rules.Days.Where(epc => tested.GetMap.Contains(epc)))
            {
                _days[(tested.Eoj, day, epc)] = tested.Read(epc);
            }
        }
    }
}
