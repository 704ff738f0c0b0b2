using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Simulators;

namespace NanoComm.Fleet
{
    /// <summary>What flows through the meters of a fleet: so many households, each made when first wanted and shared by all
    /// units that stand before it. Any thread.</summary>
    public sealed class Households
    {
        private readonly Lazy<NetProfile>[] _low;
        private readonly Lazy<NetProfile>[] _high;

        private Households(IEnumerable<Func<int, NetProfile>> make)
        {
            Func<int, NetProfile>[] all = make.ToArray();
            _low = all.Select(one => new Lazy<NetProfile>(() => one(0))).ToArray();
            _high = all.Select(one => new Lazy<NetProfile>(() => one(HighVoltageService.CapacitorVars))).ToArray();
        }

        /// <summary>How many.</summary>
        public int Count => _low.Length;

        /// <summary>Households varied from recorded ones (<see cref="Household"/>).</summary>
        /// <param name="recorded">These, in turn.</param>
        /// <param name="count">How many, 1 and up.</param>
        /// <param name="seed">Decides how they differ.</param>
        /// <param name="shares">How many have what.</param>
        public static Households Vary(IReadOnlyList<HouseholdData> recorded, int count, int seed, HouseholdShares shares)
        {
            return new Households(Enumerable.Range(0, count).Select<int, Func<int, NetProfile>>(number =>
                new Household(recorded[number % recorded.Count], seed, number, shares).MakeProfile));
        }

        /// <summary>Recorded households as they are, without any plant.</summary>
        public static Households AsRecorded(IEnumerable<HouseholdData> recorded)
        {
            return new Households(recorded.Select<HouseholdData, Func<int, NetProfile>>(data =>
                capacitor => new NetProfile(data, SolarCurve.None, capacitor)));
        }

        /// <summary>What flows through the meter of a household.</summary>
        /// <param name="number">The household's, 0 and up; they begin again after the last.</param>
        /// <param name="isHighVoltage">Whether it stands for a factory.</param>
        public NetProfile Find(int number, bool isHighVoltage)
        {
            return (isHighVoltage ? _high : _low)[number % Count].Value;
        }
    }
}
