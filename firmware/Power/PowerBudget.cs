using NanoComm.Hal;

namespace NanoComm.Power
{
    /// <summary>
    /// A board's declared power, and what any combination of its loads takes of the supply. Integers only: every step
    /// from the loads to the supply is rounded up, so that the sum is never less than the exact one and at most 1 mVA
    /// more for each converter on the way.
    /// </summary>
    public sealed class PowerBudget : IPowerSheet
    {
        /// <summary>No such load.</summary>
        public const int None = -1;

        /// <summary>Rails at most.</summary>
        public const int MaxRails = 4;

        /// <summary>Loads at most.</summary>
        public const int MaxLoads = 6;

        /// <summary>States of a load at most.</summary>
        public const int MaxStates = 3;

        private const int PerMille = 1000;

        private readonly string[] _railNames = new string[MaxRails];
        private readonly int[] _railMillivolts = new int[MaxRails];
        private readonly int[] _feeders = new int[MaxRails];
        private readonly int[][] _efficiencies = new int[MaxRails][];
        private readonly long[] _microwatts = new long[MaxRails];
        private readonly string[] _names = new string[MaxLoads];
        private readonly PowerPart[] _parts = new PowerPart[MaxLoads];
        private readonly int[] _rails = new int[MaxLoads];
        private readonly int[] _transmits = new int[MaxLoads];
        private readonly int[] _atPowerUp = new int[MaxLoads];
        private readonly int[] _stateCounts = new int[MaxLoads];
        private readonly int[] _bursts = new int[MaxLoads];
        private readonly int[] _charges = new int[MaxLoads * MaxStates];
        private readonly bool[] _sendsWhenAsked = new bool[MaxLoads];
        private int _railCount;
        private int _powerFactor = PerMille;

        /// <summary>What the supply has left for this unit, in mVA.</summary>
        public int Free { get; private set; }

        /// <summary>How many loads there are.</summary>
        public int LoadCount { get; private set; }

        /// <inheritdoc/>
        public void Supply(SupplyKind kind, int rated, int reserved, int powerFactor, string source)
        {
            Free = rated - reserved;
            _powerFactor = powerFactor;
        }

        /// <inheritdoc/>
        public void Moments(int crest, int inrush, int inrushTime, string source)
        {
        }

        /// <inheritdoc/>
        public void LowSupply(int low, int good, string source)
        {
        }

        /// <inheritdoc/>
        public void Rail(string name, int millivolts, string feeder, int[] efficiency, int storage, string source)
        {
            _railNames[_railCount] = name;
            _railMillivolts[_railCount] = millivolts;
            _feeders[_railCount] = feeder == null ? None : FindRail(feeder);
            _efficiencies[_railCount] = efficiency;
            _railCount++;
        }

        /// <inheritdoc/>
        public void Load(PowerPart part, string name, string rail, int transmit, int atPowerUp)
        {
            _parts[LoadCount] = part;
            _names[LoadCount] = name;
            _rails[LoadCount] = FindRail(rail);
            _transmits[LoadCount] = transmit;
            _atPowerUp[LoadCount] = atPowerUp;
            LoadCount++;
        }

        /// <inheritdoc/>
        public void State(string name, int typical, int peak, Sends sends, string source)
        {
            int load = LoadCount - 1;
            int transmit = sends == Sends.Unasked ? _transmits[load] : 0;
            _charges[(load * MaxStates) + _stateCounts[load]] = peak > transmit ? peak : transmit;
            _stateCounts[load]++;
            _sendsWhenAsked[load] = sends == Sends.WhenAsked;
        }

        /// <inheritdoc/>
        public void Burst(int longest, string source)
        {
            _bursts[LoadCount - 1] = longest;
        }

        /// <summary>Where a part is among the loads.</summary>
        /// <returns>Its number, from 0; <see cref="None"/> when it is not declared.</returns>
        public int Find(PowerPart part)
        {
            int load = LoadCount - 1;
            while (load >= 0 && _parts[load] != part)
            {
                load--;
            }

            return load;
        }

        /// <summary>A load's name.</summary>
        public string NameOf(int load)
        {
            return _names[load];
        }

        /// <summary>The state that a load is in before the firmware has run.</summary>
        public int AtPowerUp(int load)
        {
            return _atPowerUp[load];
        }

        /// <summary>A load's last state, the one in service.</summary>
        public int InService(int load)
        {
            return _stateCounts[load] - 1;
        }

        /// <summary>How many things a load may be charged with: its states, and its transmissions where it sends only
        /// when asked.</summary>
        public int LevelCount(int load)
        {
            return _stateCounts[load] + (_sendsWhenAsked[load] ? 1 : 0);
        }

        /// <summary>Whether a load sends only when asked while it is in service: each transmission needs a grant.</summary>
        public bool SendsWhenAsked(int load)
        {
            return _sendsWhenAsked[load];
        }

        /// <summary>A load's longest transmission in ms, when it sends only when asked.</summary>
        public int LongestBurst(int load)
        {
            return _bursts[load];
        }

        /// <summary>What a load is charged with, in mA at its rail.</summary>
        /// <param name="load">The load.</param>
        /// <param name="level">A state; or the one behind the last, a transmission.</param>
        public int Charge(int load, int level)
        {
            return level < _stateCounts[load] ? _charges[(load * MaxStates) + level] : _transmits[load];
        }

        /// <summary>What loads take of the supply.</summary>
        /// <param name="milliamperes">Of each load, at its rail.</param>
        /// <returns>mVA, rounded up.</returns>
        public int Drawn(int[] milliamperes)
        {
            for (int rail = 0; rail < _railCount; rail++)
            {
                _microwatts[rail] = 0;
            }

            for (int load = 0; load < LoadCount; load++)
            {
                _microwatts[_rails[load]] += (long)milliamperes[load] * _railMillivolts[_rails[load]];
            }

            // A rail comes after the one that feeds it, so the last ones are whole first.
            long supply = 0;
            for (int rail = _railCount - 1; rail >= 0; rail--)
            {
                long input = DividedUp(_microwatts[rail], EfficiencyOf(rail, _microwatts[rail]));
                if (_feeders[rail] == None)
                {
                    supply += input;
                }
                else
                {
                    _microwatts[_feeders[rail]] += input;
                }
            }

            return (int)((DividedUp(supply, _powerFactor) + PerMille - 1) / PerMille);
        }

        private static long DividedUp(long power, int ratio)
        {
            return ((power * PerMille) + ratio - 1) / ratio;
        }

        // Per mille, rounded down.
        private int EfficiencyOf(int rail, long microwatts)
        {
            int[] points = _efficiencies[rail];
            int above = 0;
            while (above < points.Length && (long)points[above] * PerMille <= microwatts)
            {
                above += 2;
            }

            if (above == 0)
            {
                return points[1];
            }

            int below = points[above - 1];
            if (above == points.Length)
            {
                return below;
            }

            long from = (long)points[above - 2] * PerMille;
            long span = ((long)points[above] * PerMille) - from;
            long change = (points[above + 1] - below) * (microwatts - from);
            return below + (int)((change < 0 ? change - span + 1 : change) / span);
        }

        private int FindRail(string name)
        {
            int rail = _railCount - 1;
            while (rail >= 0 && _railNames[rail] != name)
            {
                rail--;
            }

            return rail;
        }
    }
}
