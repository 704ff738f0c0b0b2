using System;
using System.Collections.Generic;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>One number of a reading, as Home Assistant has sensors.</summary>
    /// <param name="Key">Its name in topics and in the state.</param>
    /// <param name="Name">Its name for people.</param>
    /// <param name="Unit">Its unit.</param>
    /// <param name="DeviceClass">What it measures, in Home Assistant's words; null where it has none for it.</param>
    /// <param name="IsTotal">Whether it only grows, but for a meter that is changed.</param>
    /// <param name="Decimals">How many are shown.</param>
    /// <param name="Value">Gets it; null for "no data", and where the meter does not have it.</param>
    internal sealed record MeterSensor(string Key, string Name, string Unit, string DeviceClass, bool IsTotal, int Decimals,
        Func<HemsReading, decimal?> Value)
    {
        private const string Energy = "energy";
        private const string Power = "power";
        private const string Current = "current";

        /// <summary>All that meters of any class tell.</summary>
        public static IReadOnlyList<MeterSensor> All { get; } =
        [
            new("energy_normal", "Energy from the grid", "kWh", Energy, true, 3, reading => reading.Normal),
            new("energy_reverse", "Energy to the grid", "kWh", Energy, true, 3, reading => reading.Reverse),
            new("power", "Power", "W", Power, false, 0, reading => reading.Power),
            new("current_r", "Current R", "A", Current, false, 1, reading => reading.CurrentR),
            new("current_t", "Current T", "A", Current, false, 1, reading => reading.CurrentT),
            new("demand_maximum_normal", "Maximum demand of the month", "kW", Power, false, 1, reading => reading.High?.MaximumDemand.Normal),
            new("demand_maximum_reverse", "Maximum demand of the month, reverse", "kW", Power, false, 1,
                reading => reading.High?.MaximumDemand.Reverse),
            new("reactive_normal", "Reactive energy (lag)", "kvarh", null, true, 1, reading => reading.High?.ReactiveLag.Normal),
            new("reactive_reverse", "Reactive energy (lag), reverse", "kvarh", null, true, 1, reading => reading.High?.ReactiveLag.Reverse),
        ];
    }
}
