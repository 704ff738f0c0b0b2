using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Keys;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>
    /// Takes proofs by the thousand: what is in the ledger already is passed over, what is bad is listed at the end. Cut short, it
    /// is run again.
    /// </summary>
    internal sealed class ProofRun
    {
        // What one commit takes: enough to make its cost small, and little to do again.
        private const int PerCommit = 1000;
        private const int MostListed = 1000;

        private readonly ProofKind _kind;
        private readonly Ledger _ledger;
        private readonly int[] _counts = new int[Enum.GetValues<ProofResult>().Length];
        private readonly List<string> _remarks = [];
        private readonly List<string> _refused = [];

        /// <summary>Prepares it.</summary>
        public ProofRun(ProofKind kind, Ledger ledger)
        {
            _kind = kind;
            _ledger = ledger;
        }

        private int Done => _counts.Sum();

        /// <summary>Takes all of them.</summary>
        /// <returns>How many were refused, and how many say that something was not done.</returns>
        public (int Refused, int NotDone) Run(ProofFiles files)
        {
            int total = files.All().Count();
            long start = Stopwatch.GetTimestamp();
            if (LiveScreen.IsPossible)
            {
                AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                    new RemainingTimeColumn()).Start(context =>
                {
                    ProgressTask task = context.AddTask($"{total:N0} {_kind.Plural}", maxValue: total);
                    Take(files, () => task.Value = Done);
                });
            }
            else
            {
                Take(files, () => TellStep(total));
            }

            Tell(Stopwatch.GetElapsedTime(start).TotalSeconds);
            return (_counts[(int)ProofResult.Refused], _counts[(int)ProofResult.NotDone]);
        }

        private void Take(ProofFiles files, Action tell)
        {
            foreach (string[] chunk in files.All().Chunk(PerCommit))
            {
                Take(chunk);
                tell();
            }
        }

        private void TellStep(int total)
        {
            if (Done < total)
            {
                Console.WriteLine($"{Done:N0} of {total:N0}: {Words()}");
            }
        }

        private void Take(string[] chunk)
        {
            var named = new List<string>(chunk.Length);
            var read = new List<byte[]>(chunk.Length);
            foreach (string file in chunk)
            {
                try
                {
                    read.Add(ProofFiles.Read(file));
                    named.Add(file);
                }
                catch (IOException error)
                {
                    Count(file, new ProofOutcome(ProofResult.Refused, error.Message));
                }
            }

            IReadOnlyList<ProofOutcome> outcomes = _kind.TakeMany(_ledger, read);
            for (int i = 0; i < outcomes.Count; i++)
            {
                Count(named[i], outcomes[i]);
            }
        }

        private void Count(string file, ProofOutcome outcome)
        {
            _counts[(int)outcome.Result]++;
            List<string> list = outcome.Result == ProofResult.Refused ? _refused : _remarks;
            if (outcome.Remark is not null && list.Count < MostListed)
            {
                list.Add($"{file}: {outcome.Remark}");
            }
        }

        private string Words()
        {
            int notDone = _counts[(int)ProofResult.NotDone];
            return $"{_counts[(int)ProofResult.Taken]:N0} taken, {_counts[(int)ProofResult.Known]:N0} known already, "
                + (notDone > 0 ? $"{notDone:N0} of what was not done, " : "") + $"{_counts[(int)ProofResult.Refused]:N0} refused";
        }

        private void Tell(double seconds)
        {
            foreach (string remark in _remarks)
            {
                KmsOptions.Warn(remark);
            }

            foreach (string refused in _refused)
            {
                Console.Error.WriteLine(refused);
            }

            int unlisted = _counts[(int)ProofResult.Refused] - _refused.Count;
            if (unlisted > 0)
            {
                Console.Error.WriteLine($"… and {unlisted:N0} more that were refused");
            }

            AnsiConsole.Write(new Text($"{Done:N0} {_kind.Plural}: {Words()}; {Done / Math.Max(seconds, 0.001):N0}/s\n"));
        }
    }
}
