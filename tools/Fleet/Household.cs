using System;
using NanoComm.Simulators;

namespace NanoComm.Fleet
{
    /// <summary>
    /// A household made of a recorded one by rules that the seed decides (docs/fleet.md): the days begin with another one,
    /// everything happens up to an hour and a half earlier or later, and takes half to one and a half times as much. Beside
    /// that it may have photovoltaics, a charger, and a battery. Whole watts; the same for the same seed and number.
    /// </summary>
    public sealed class Household
    {
        /// <summary>Earlier or later by so many minutes at most.</summary>
        public const int MostShift = 90;

        /// <summary>The least that it takes of what was recorded, per cent.</summary>
        public const int LeastScale = 50;

        /// <summary>The most.</summary>
        public const int MostScale = 150;

        private const int Percent = 100;
        private const int PlantStep = 500;
        private const int LeastPlantSteps = 4;
        private const int MostPlantSteps = 12;
        private const int ChargerEarliest = 22 * 60;
        private const int ChargerLatest = 26 * 60;
        private const int LeastCharge = 60;
        private const int MostCharge = 300;
        private const int BatteryWatts = 2500;
        private const int LeastBatteryKilowattHours = 4;
        private const int MostBatteryKilowattHours = 10;
        private const int WattMinutesPerKilowattHour = 60_000;
        private const int FactorOfSeed = 1_000_003;

        private readonly HouseholdData _recorded;
        private readonly int _shift;
        private readonly int _chargeFrom;
        private readonly int _chargeLength;

        /// <summary>Makes one.</summary>
        /// <param name="recorded">What it is made of.</param>
        /// <param name="seed">Decides, with the number.</param>
        /// <param name="number">Which of the households, 0 and up.</param>
        /// <param name="shares">How many have what.</param>
        public Household(HouseholdData recorded, int seed, int number, HouseholdShares shares)
        {
            var random = new Random((seed * FactorOfSeed) + number);
            _recorded = recorded;
            _shift = (random.Next(recorded.Days) * HouseholdData.MinutesPerDay) + random.Next(-MostShift, MostShift + 1);
            Scale = random.Next(LeastScale, MostScale + 1);
            bool hasPlant = random.Next(Percent) < shares.Photovoltaics;
            int plant = random.Next(LeastPlantSteps, MostPlantSteps + 1) * PlantStep;
            PlantWatts = hasPlant ? plant : 0;
            bool hasCharger = random.Next(Percent) < shares.Chargers;
            int charger = random.Next(2) == 0 ? 3000 : 6000;
            ChargerWatts = hasCharger ? charger : 0;
            _chargeFrom = random.Next(ChargerEarliest, ChargerLatest + 1) % HouseholdData.MinutesPerDay;
            _chargeLength = random.Next(LeastCharge, MostCharge + 1);
            bool hasBattery = random.Next(Percent) < shares.Batteries;
            int battery = random.Next(LeastBatteryKilowattHours, MostBatteryKilowattHours + 1);
            BatteryKilowattHours = hasBattery ? battery : 0;
        }

        /// <summary>What it takes of what was recorded, per cent.</summary>
        public int Scale { get; }

        /// <summary>The most that its plant gives, W; 0 without one.</summary>
        public int PlantWatts { get; }

        /// <summary>What its charger takes, W; 0 without one.</summary>
        public int ChargerWatts { get; }

        /// <summary>What its battery holds, kWh; 0 without one. It takes and gives 2.5 kW at most.</summary>
        public int BatteryKilowattHours { get; }

        /// <summary>What flows through its meter.</summary>
        /// <param name="capacitor">Reactive power of a capacitor bank, var; 0 for none.</param>
        public NetProfile MakeProfile(int capacitor)
        {
            var solar = new SolarCurve(PlantWatts);
            var net = new int[_recorded.Minutes];
            var reactive = new int[net.Length];
            for (int minute = 0; minute < net.Length; minute++)
            {
                int at = (minute + _shift + net.Length) % net.Length;
                int ofDay = minute % HouseholdData.MinutesPerDay;
                net[minute] = (_recorded.ActiveWatts(at) * Scale / Percent) + (IsCharging(ofDay) ? ChargerWatts : 0)
                    - solar.WattsAt(ofDay);
                reactive[minute] = (_recorded.ReactiveVars(at) * Scale / Percent) - capacitor;
            }

            if (BatteryKilowattHours > 0)
            {
                UseBattery(net);
            }

            for (int minute = 0; minute < net.Length; minute++)
            {
                net[minute] = Math.Clamp(net[minute], -HouseholdData.MaxPower, HouseholdData.MaxPower);
            }

            return new NetProfile(net, reactive);
        }

        private bool IsCharging(int minuteOfDay)
        {
            int since = (minuteOfDay - _chargeFrom + HouseholdData.MinutesPerDay) % HouseholdData.MinutesPerDay;
            return since < _chargeLength;
        }

        // It takes what is left over and gives it back when it is wanted. The days repeat, so it begins them with what it ended
        // them with.
        private void UseBattery(int[] net)
        {
            int room = BatteryKilowattHours * WattMinutesPerKilowattHour;
            int held = 0;
            foreach (int watts in net)
            {
                held += Flow(watts, held, room);
            }

            for (int minute = 0; minute < net.Length; minute++)
            {
                int flow = Flow(net[minute], held, room);
                held += flow;
                net[minute] += flow;
            }
        }

        // Watts into the battery, or out of it when negative, for a minute.
        private static int Flow(int net, int held, int room)
        {
            return net < 0 ? Math.Min(Math.Min(-net, BatteryWatts), room - held)
                : -Math.Min(Math.Min(net, BatteryWatts), held);
        }
    }
}
