using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>Records on their way to a board at a serial port, by nanoff's file deployment: through a folder of this user alone,
    /// which is gone afterwards.</summary>
    internal sealed class NanoffDeployment
    {
        private const string PlanFile = "deploy.json";
        private const int RoomForRecords = 1 << 20;

        private static readonly JsonSerializerOptions Readable = new()
        {
            WriteIndented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

        private readonly string _port;

        /// <summary>Plans it.</summary>
        /// <param name="port">The serial port.</param>
        public NanoffDeployment(string port)
        {
            _port = port;
        }

        /// <summary>What nanoff is told to write.</summary>
        /// <param name="port">The serial port.</param>
        /// <param name="files">Destinations on the board, and files on this PC; a destination without one is deleted.</param>
        public static string Plan(string port, IEnumerable<(string Destination, string Source)> files)
        {
            var list = new JsonArray();
            foreach ((string destination, string source) in files)
            {
                var file = new JsonObject { ["DestinationFilePath"] = destination };
                if (source is not null)
                {
                    file["SourceFilePath"] = source;
                }

                list.Add((JsonNode)file);
            }

            return new JsonObject { ["serialport"] = port, ["files"] = list }.ToJsonString(Readable);
        }

        /// <summary>What nanoff is told to write of records: first goes what would count in a record's place, a replacement that a
        /// power cut has left on the board.</summary>
        /// <param name="records">The records.</param>
        /// <param name="sourceOf">The file on this PC that holds a record.</param>
        public static IEnumerable<(string Destination, string Source)> Steps(IEnumerable<RecordFile> records, Func<RecordFile, string> sourceOf)
        {
            return records.SelectMany(record => new[] { (record.Rival, null), (record.Destination, sourceOf(record)) });
        }

        /// <summary>Writes records to the board. The board's firmware must run; a unit takes most records at its next start.</summary>
        /// <param name="records">The records: each name once.</param>
        /// <param name="tell">Told what nanoff says, as it says it; null for nobody.</param>
        /// <returns>What became of each, in the order given: a write that failed half-way has some of each kind.</returns>
        /// <exception cref="UserError">Nothing was written; the message says why, and what to do.</exception>
        public IReadOnlyList<RecordOutcome> Write(IReadOnlyList<RecordFile> records, Action<string> tell = null)
        {
            return Write(NanoffTool.Find(), records, tell);
        }

        /// <summary>The same, by a nanoff that was found before.</summary>
        public IReadOnlyList<RecordOutcome> Write(NanoffTool nanoff, IReadOnlyList<RecordFile> records, Action<string> tell)
        {
            using var folder = new PrivateFolder(RoomForRecords);
            Dictionary<string, string> sources = records.ToDictionary(record => record.Record,
                record => folder.Put(record.FileName, record.Bytes.Span));
            string plan = folder.Put(PlanFile, Encoding.UTF8.GetBytes(Plan(_port, Steps(records, record => sources[record.Record]))));
            NanoffRun run = nanoff.Run(nanoff.Dialect.Arguments(NanoffCommand.Files, (NanoffDialect.Path, plan), (NanoffDialect.Port, _port)),
                folder, tell);
            List<RecordOutcome> outcomes = [.. records.Select(record => new RecordOutcome(record.Record, IsDeployed(run, record)))];
            return outcomes.Exists(outcome => outcome.IsWritten) ? outcomes
                : throw new UserError(records.Count == 1 ? Words.Of($"nanoff did not deploy the file: {run.Explain(_port)}")
                    : Words.Of($"nanoff did not deploy any of the files: {run.Explain(_port)}"));
        }

        // The exit code does not tell, and neither does a code in the text: a file counts when nanoff says OK behind its name.
        private static bool IsDeployed(NanoffRun run, RecordFile record)
        {
            return Regex.IsMatch(run.Said, $@"Deploying file [^\r\n]* to {Regex.Escape(record.Destination)}\.\.\.\s*OK\b");
        }
    }
}
