using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>One run of <c>read</c>: the meter's history into a file, which is there whole or as it was.</summary>
    internal sealed class ReadSession
    {
        private const string OutName = "--out";

        private readonly ReadSettings _settings;

        public ReadSession(ReadSettings settings)
        {
            _settings = settings;
        }

        /// <summary>How long a meter that was there may be gone; null for the usual time.</summary>
        public TimeSpan? Patience { get; init; }

        /// <summary>Runs it.</summary>
        /// <exception cref="UserError">Not everything was read or written; what was read is in the file all the same.</exception>
        public void Run()
        {
            CheckFile();
            using var signals = new EndSignals();
            var reader = new HistoryReader(_settings.Meter, _settings.Days, _settings.Minutes, _settings.Zone)
            {
                Kept = _settings.IsUpdate && File.Exists(_settings.Out) ? new RowCoverage(ReadKept(), _settings.Zone) : null,
                Patience = Patience ?? TimeSpan.FromMinutes(2),
            };
            HistoryProgress.Run(progress => reader.Read(progress, signals.Token));
            if (reader.Rows.Count > 0 || reader.CutShort == null)
            {
                Write(reader.Rows);
            }

            Tell(reader);
        }

        // Before the meter is asked for minutes: what cannot be written need not be read.
        private void CheckFile()
        {
            if (_settings.IsToOutput)
            {
                return;
            }

            string path = Path.GetFullPath(_settings.Out);
            if (Directory.Exists(path))
            {
                throw new UserError($"{OutName}: {_settings.Out} is a folder: give a file in it");
            }

            if (!Directory.Exists(Path.GetDirectoryName(path)))
            {
                throw new UserError($"{OutName}: there is no folder for {_settings.Out}: make it first");
            }

            if (File.Exists(path) && !_settings.IsUpdate && !_settings.IsReplaced)
            {
                throw new UserError($"{OutName}: {_settings.Out} is there already: --update reads what is missing in it, --replace writes over it");
            }
        }

        private IEnumerable<MeterRow> ReadKept()
        {
            return MeterTable.Read(OutName, _settings.Out).Select(row => row with { Time = row.Time.ToOffset(_settings.Zone) });
        }

        private void Write(IEnumerable<MeterRow> rows)
        {
            if (_settings.IsToOutput)
            {
                MeterTable.WriteText(Console.Out, MeterTableKind.Csv, rows);
                return;
            }

            MeterTable.Write(_settings.Out, _settings.IsUpdate && File.Exists(_settings.Out) ? RowMerge.Of(ReadKept(), rows) : rows);
        }

        private void Tell(HistoryReader reader)
        {
            (int done, int all) = reader.Steps;
            foreach (string missed in reader.Missed)
            {
                Console.Error.WriteLine($"warning: {missed}");
            }

            if (!reader.KnowsUnits && reader.Rows.Count > 0)
            {
                Console.Error.WriteLine("warning: the meter does not tell its unit: registers are as they are, and values are empty");
            }

            if (reader.CutShort != null)
            {
                string kept = reader.Rows.Count == 0 ? "nothing is written"
                    : _settings.IsToOutput ? $"{done:N0} of {all:N0} days or tens of minutes are told"
                    : $"{done:N0} of {all:N0} days or tens of minutes are in {_settings.Out}: the same with --update reads the rest";
                throw new UserError($"{reader.CutShort}; {kept}");
            }

            (_settings.IsToOutput ? Console.Error : Console.Out).WriteLine(Summary(reader));
        }

        private string Summary(HistoryReader reader)
        {
            string place = _settings.IsToOutput ? "" : $"{_settings.Out}: ";
            if (reader.Rows.Count == 0)
            {
                return $"{place}meter {reader.Name}, nothing new to read";
            }

            int empty = reader.Rows.Count(row => row.Register == null);
            return $"{place}meter {reader.Name}, {reader.Rows.Count:N0} rows read, {reader.Rows.Min(row => row.Time):yyyy-MM-dd HH:mm} to "
                + $"{reader.Rows.Max(row => row.Time):yyyy-MM-dd HH:mm} ({CivilZone.ToText(_settings.Zone)}), "
                + (empty == 0 ? "all with data" : $"{empty:N0} of them no data");
        }
    }
}
