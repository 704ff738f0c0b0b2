using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hal;

namespace NanoComm.PowerPlanning
{
    /// <summary>What a board takes of its supply over an hour of <see cref="Traffic"/>, with all in service that has room.</summary>
    public sealed class TrafficHour
    {
        // All times of the traffic are multiples of it, in ms.
        private const int Step = 5;
        private const int StepsInSecond = 1000 / Step;

        private readonly PowerDeclaration _declaration;
        private readonly PowerCombination _inService;
        private readonly Dictionary<int, double> _drawn = new();

        /// <summary>Runs it.</summary>
        /// <param name="declaration">Of the board.</param>
        /// <param name="inService">What is in service.</param>
        public TrafficHour(PowerDeclaration declaration, PowerCombination inService)
        {
            _declaration = declaration;
            _inService = inService;
            bool[][] sends = [.. declaration.Loads.Select((load, i) => Sending(load, inService.Levels[i]))];
            var means = new double[Traffic.Length / Step / StepsInSecond];
            var peaks = new double[means.Length];
            for (int step = 0; step < means.Length * StepsInSecond; step++)
            {
                double drawn = At(step, sends);
                means[step / StepsInSecond] += drawn / StepsInSecond;
                peaks[step / StepsInSecond] = Math.Max(peaks[step / StepsInSecond], drawn);
            }

            Means = means;
            Peaks = peaks;
        }

        /// <summary>Of each second the mean, in mVA.</summary>
        public IReadOnlyList<double> Means { get; }

        /// <summary>Of each second the most, in mVA.</summary>
        public IReadOnlyList<double> Peaks { get; }

        // Whether it sends in each step. Nobody waits here: where two send at once and the governor would let one wait, the
        // hour shows what it keeps from happening.
        private static bool[] Sending(DeclaredLoad load, int level)
        {
            var sends = new bool[Traffic.Length / Step];
            if (level < load.InService || load.States[^1].Sends == Sends.Never)
            {
                return sends;
            }

            foreach ((int at, int time) in Traffic.Sending(load.Part))
            {
                for (int step = at / Step; step < (at + time) / Step; step++)
                {
                    sends[step] = true;
                }
            }

            return sends;
        }

        private double At(int step, bool[][] sends)
        {
            int key = 0;
            for (int load = 0; load < sends.Length; load++)
            {
                int doing = sends[load][step] ? 2 : Traffic.IsBusy(_declaration.Loads[load].Part, step * Step) ? 1 : 0;
                key = (key * 3) + doing;
            }

            if (!_drawn.TryGetValue(key, out double drawn))
            {
                drawn = PowerOracle.Drawn(_declaration, Currents(key));
                _drawn.Add(key, drawn);
            }

            return drawn;
        }

        private double[] Currents(int key)
        {
            var currents = new double[_declaration.Loads.Count];
            for (int i = currents.Length - 1; i >= 0; i--)
            {
                DeclaredLoad load = _declaration.Loads[i];
                DeclaredState state = load.States[Math.Min(_inService.Levels[i], load.InService)];
                currents[i] = (key % 3) switch
                {
                    0 => state.Typical,
                    1 => state.Peak,
                    _ => load.Transmit,
                };
                key /= 3;
            }

            return currents;
        }
    }
}
