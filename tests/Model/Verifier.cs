using System;
using System.IO;
using System.Linq;

namespace NanoComm.Tests.Model
{
    /// <summary>The model in one configuration, made into a program that searches all its states.</summary>
    internal sealed class Verifier : IDisposable
    {
        // Depths beyond this show as truncated, and fail.
        private const string Depth = "-m500000";

        // Slots of the table of states, as a power of two: the verifier clears it before it begins, which takes longer than
        // most searches that end with what they were to find.
        private const string RoomForAll = "-w24";
        private const string RoomForSome = "-w20";

        private const string MegabytesAtMost = "-DMEMLIM=1800";

        private readonly string _folder = Directory.CreateTempSubdirectory("nanocomm-model-").FullName;
        private readonly bool _isLiveness;

        /// <summary>Makes it.</summary>
        /// <param name="model">The model's file.</param>
        /// <param name="flags">The configuration: -D flags of the model, parted by spaces.</param>
        /// <param name="optimisation">Of the compiler: -O0 for short searches, -O2 for long ones.</param>
        public Verifier(string model, string flags, string optimisation)
        {
            Model = Path.Combine(AppContext.BaseDirectory, model);
            string[] configuration = flags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            _isLiveness = configuration.Contains("-DQUIET");
            Spin.Run(Spin.Program, _folder, null, [.. configuration, "-a", Model]);

            // Nothing in it is local enough for partial order reduction.
            string[] mode = _isLiveness ? ["-DNFAIR=3"] : ["-DSAFETY"];
            Spin.Run(Spin.Compiler, _folder, null,
                [optimisation, "-w", .. mode, "-DNOREDUCE", MegabytesAtMost, "-o", "pan", "pan.c"]);
        }

        /// <summary>The model's file.</summary>
        public string Model { get; }

        /// <summary>Searches.</summary>
        /// <param name="formula">The LTL formula, under weak fairness; null for assertions.</param>
        /// <param name="withoutRule">Number of the rule that is taken away, 0 for none.</param>
        public SearchResult Search(string formula, int withoutRule)
        {
            string room = withoutRule == 0 ? RoomForAll : RoomForSome;
            string[] arguments = _isLiveness ? [Depth, room, "-a", "-f", "-N", formula] : [Depth, room];
            return new SearchResult(Spin.Run(Path.Combine(_folder, "pan"), _folder, $"MUTANT={withoutRule}", arguments));
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Directory.Delete(_folder, true);
        }
    }
}
