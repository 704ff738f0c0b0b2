using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>
    /// The command lines of nanoff by version: one table a version. What is in braces is filled in. Read off nanoff's source,
    /// tags v2.5.98 to v2.5.162 and v3.0.0-preview.1; not tried with a board.
    /// </summary>
    internal sealed class NanoffDialect
    {
        /// <summary>The port that the board is at.</summary>
        public const string Port = "port";

        /// <summary>The name of a firmware image.</summary>
        public const string Target = "target";

        /// <summary>A file or a folder.</summary>
        public const string Path = "path";

        /// <summary>The name of a file in the folder.</summary>
        public const string File = "file";

        /// <summary>How a version asks for its own one; the same for all, as the version is not known yet.</summary>
        public const string AskVersion = "--version";

        // The oldest one that can be told not to look for a newer version, which takes long without a connection.
        private const int LeastPatch = 98;

        private static readonly NanoffDialect Dashed = new("2.5", new()
        {
            [NanoffCommand.Chip] = "--platform esp32 --serialport {port} --devicedetails --suppressnanoffversioncheck",
            [NanoffCommand.Unit] = "--nanodevice --devicedetails --serialport {port} --suppressnanoffversioncheck",
            [NanoffCommand.Firmware] = "--update --target {target} --serialport {port} -v m --suppressnanoffversioncheck",
            [NanoffCommand.ArchivedFirmware] =
                "--update --target {target} --serialport {port} --fromarchive --archivepath {path} -v m --suppressnanoffversioncheck",
            [NanoffCommand.Application] = "--nanodevice --deploy --serialport {port} --image {path} --suppressnanoffversioncheck",

            // Without --serialport: with it, versions before 2.5.157 take the board for one to be flashed, and leave it in its boot
            // loader before they try to write the files. The plan has the port.
            [NanoffCommand.Files] = "--filedeployment {path} --suppressnanoffversioncheck",
            [NanoffCommand.Backup] =
                "--platform esp32 --serialport {port} --devicedetails --backuppath {path} --backupfile {file} --suppressnanoffversioncheck",
            [NanoffCommand.Archive] = "--updatearchive --target {target} --archivepath {path} --suppressnanoffversioncheck",
        });

        // No backup: version 3 makes one only before it writes firmware.
        private static readonly NanoffDialect Verbs = new("3", new()
        {
            [NanoffCommand.Chip] = "details platform esp32 serialport {port} suppressnanoffversioncheck",
            [NanoffCommand.Unit] = "details serialport {port} suppressnanoffversioncheck",
            [NanoffCommand.Firmware] = "flash target {target} serialport {port} verbosity m suppressnanoffversioncheck",
            [NanoffCommand.ArchivedFirmware] =
                "flash target {target} serialport {port} fromarchive archivepath {path} verbosity m suppressnanoffversioncheck",
            [NanoffCommand.Application] = "deploy serialport {port} image {path} suppressnanoffversioncheck",
            [NanoffCommand.Files] = "deploy file {path} serialport {port} suppressnanoffversioncheck",
            [NanoffCommand.Archive] = "cache download target {target} archivepath {path} suppressnanoffversioncheck",
        });

        private readonly Dictionary<NanoffCommand, string> _commands;

        private NanoffDialect(string name, Dictionary<NanoffCommand, string> commands)
        {
            Name = name;
            _commands = commands;
        }

        /// <summary>The dialect of the version that the repository pins: what is shown where there is none to ask.</summary>
        public static NanoffDialect Pinned => Dashed;

        /// <summary>The versions that are known, for messages.</summary>
        public static string Known => Words.Of($"2.5 from 2.5.{LeastPatch} on, and 3");

        /// <summary>The versions that it is of.</summary>
        public string Name { get; }

        /// <summary>The dialect of a version.</summary>
        /// <returns>Null for one that is not known.</returns>
        public static NanoffDialect Of(NanoffVersion version) => version switch
        {
            { Major: 2, Minor: 5, Patch: >= LeastPatch } => Dashed,
            { Major: 3 } => Verbs,
            _ => null,
        };

        /// <summary>Whether this version is older than the oldest that is known.</summary>
        public static bool IsTooOld(NanoffVersion version)
        {
            return version.Major < 2 || (version.Major == 2 && (version.Minor < 5 || (version.Minor == 5 && version.Patch < LeastPatch)));
        }

        /// <summary>Whether it can do something.</summary>
        public bool Can(NanoffCommand command) => _commands.ContainsKey(command);

        /// <summary>The arguments of a command.</summary>
        /// <param name="command">One that <see cref="Can"/> knows.</param>
        /// <param name="values">What goes in place of the names in braces.</param>
        public IReadOnlyList<string> Arguments(NanoffCommand command, params (string Name, string Value)[] values)
        {
            return _commands[command].Split(' ').Select(word => Fill(word, values)).ToList();
        }

        private static string Fill(string word, (string Name, string Value)[] values)
        {
            return word[0] != '{' ? word
                : values.FirstOrDefault(value => word == "{" + value.Name + "}").Value
                    ?? throw new ArgumentException($"nothing was given for {word}", nameof(values));
        }
    }
}
