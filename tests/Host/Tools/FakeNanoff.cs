using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>
    /// A stand-in for nanoff, a script that says what nanoff's source prints, in the dialects of versions 2.5 and 3, and that keeps
    /// what a board would have. It takes a command of the other dialect no more than nanoff does. Linux and macOS only.
    /// </summary>
    internal sealed class FakeNanoff
    {
        public const string Version25 = "nanoff 2.5.162+bacca8b8f0";
        public const string Version3 = ".NET nanoFramework Firmware Flasher v3.0.0-preview.1+06913d2cc4";

        public const string RunningImage = "ESP32_PSRAM_REV3_IPV6";

        private const UnixFileMode Runnable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

        // What is not one of these fails in Options of 2.5 and VerbTokenizer of 3.
        private const string Script = """
            #!/bin/sh
            D='FOLDER'
            echo "$*" >> "$D/calls"
            if [ "$1" = --version ]; then cat "$D/version"; exit 0; fi
            echo '.NET nanoFramework Firmware Flasher vX'
            echo
            value() { key="$1"; shift; while [ $# -gt 0 ]; do if [ "$1" = "$key" ]; then echo "$2"; return; fi; shift; done; }
            if grep -q 'v3\.' "$D/version"; then
                case "$1 $2" in
                    'details platform') what=chip;;
                    'details serialport') what=unit;;
                    'flash target') what=firmware; target="$3";;
                    'deploy serialport') what=application; image=$(value image "$@");;
                    'deploy file') what=files; plan="$3";;
                    *) echo 'Error E9000: Invalid or missing arguments.'; exit 40;;
                esac
                archive=$(value archivepath "$@")
            else
                target=$(value --target "$@"); image=$(value --image "$@"); plan=$(value --filedeployment "$@")
                path=$(value --backuppath "$@"); file=$(value --backupfile "$@"); archive=$(value --archivepath "$@")
                case "$*" in
                    *--backuppath*) what=backup;;
                    '--platform esp32 '*--devicedetails*) what=chip;;
                    '--nanodevice --devicedetails '*) what=unit;;
                    '--update '*) what=firmware;;
                    '--nanodevice --deploy '*) what=application;;
                    *'--filedeployment '*) what=files;;
                    *) echo 'Error E9000: Invalid or missing arguments.'; exit 40;;
                esac
            fi
            case "$what" in files) temporary=$(dirname "$plan");; *) temporary="$TMPDIR";; esac
            [ -n "$temporary" ] && stat -c %a "$temporary" > "$D/mode" 2>/dev/null
            echo "$temporary" > "$D/temporary"
            if [ -f "$D/say-$what" ]; then . "$D/say-$what"; fi
            case "$what" in
                chip)
                    printf 'Reading details from chip...OK\n\nConnected to:\n'; cat "$D/chip";;
                unit)
                    printf '\nHAL build info: nanoCLR running @ ESP32 built with ESP-IDF\n  Target:   %s\n  Platform: ESP32\n\n' "$(cat "$D/image")"
                    printf 'Firmware build Info:\n  Date:        Jul 24 2026\n  Type:        MinSizeRel build\n  CLR Version: 1.17.0.512\n\n'
                    printf 'Assemblies:\n'; [ -f "$D/application" ] && printf '  NanoComm.Esp32RouteB, 1.0.0.0\n'
                    printf '\nNative Assemblies:\n  mscorlib v100.5.0.24, checksum 0x1549C856\n';;
                firmware)
                    if [ -n "$archive" ] && [ ! -d "$archive/$target" ]; then echo E9015; exit 55; fi
                    echo "$target" > "$D/image"; echo;;
                application)
                    printf 'Getting details from nano device...OK\nDeploying managed application...'
                    cp "$image" "$D/application" && printf 'OK\nRebooting...OK\n';;
                files)
                    printf 'Debug engine created.\nDevice connected and ready for deployment.\n'
                    mkdir -p "$D/board"; cp "$plan" "$D/plan.json"
                    awk -F'"' '/DestinationFilePath/ { if (d) print d "|"; d = $4 } /SourceFilePath/ { print d "|" $4; d = "" } END { if (d) print d "|" }' "$plan" |
                    while IFS='|' read -r to from; do
                        to=$(printf '%s' "$to" | sed 's/\\\\/\\/g'); name="${to##*\\}"
                        if [ -z "$from" ]; then
                            printf 'Deleting file %s...' "$to"
                            if rm "$D/board/$name" 2>/dev/null; then echo OK
                            else printf '\nError deleting file %s, it may not exist on the storage.\n' "$to"; fi
                        elif [ -f "$D/refuse-$name" ]; then
                            printf 'Deploying file %s to %s...\nError deploying content file %s to %s\n' "$from" "$to" "$from" "$to"
                        else
                            cp "$from" "$D/board/$name"; printf 'Deploying file %s to %s...OK\n' "$from" "$to"
                        fi
                    done;;
                backup)
                    printf 'Reading details from chip...OK\n\nConnected to:\n'; cat "$D/chip"
                    printf 'Backing up the firmware to \r\n%s/%s...\n' "$path" "$file"
                    printf '\rReading flash... 50%%      \rReading flash... 100%%     \r      \rRead %s bytes from flash.\n' 4194304
                    cp "$D/flash.bin" "$path/$file" && printf 'Flash backup saved to %s\n' "$file";;
            esac
            exit 0
            """;

        private readonly string _folder;

        /// <summary>Puts it into a folder.</summary>
        /// <param name="folder">The folder: what the board has and what it was asked are below it.</param>
        /// <param name="version">What it says to --version.</param>
        public FakeNanoff(string folder, string version = Version25)
        {
            _folder = Directory.CreateDirectory(Path.Combine(folder, "nanoff")).FullName;
            string program = Path.Combine(_folder, "nanoff");
            File.WriteAllText(program, Script.Replace("FOLDER", _folder, StringComparison.Ordinal) + "\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(program, Runnable);
            }

            Put("version", version + "\n");
            Put("image", RunningImage + "\n");
            Put("chip", """
                ESP32 (ESP32-D0WD-V3 (revision v3.0))
                Features Wi-Fi, BT, Dual Core, 240MHz, VRef calibration in efuse, Coding Scheme None
                Flash size 4MB unknown from  (manufacturer 0x20 device 0x4016)
                PSRAM: undetermined
                Crystal 40MHz
                MAC 24:0A:C4:11:22:33

                """);
        }

        /// <summary>The environment in which it is found before any other.</summary>
        public Dictionary<string, string> Environment => new()
        {
            ["PATH"] = _folder + ":" + System.Environment.GetEnvironmentVariable("PATH"),
        };

        /// <summary>What it was asked, but for its version.</summary>
        public string[] Calls => Exists("calls")
            ? [.. File.ReadAllLines(Path.Combine(_folder, "calls")).Where(call => call != "--version")] : [];

        /// <summary>Whether a file is there: <c>board/NAME</c> is one of the board.</summary>
        public bool Exists(string name) => File.Exists(Path.Combine(_folder, name));

        /// <summary>Reads a file.</summary>
        public string Text(string name) => File.ReadAllText(Path.Combine(_folder, name)).Trim();

        /// <summary>Reads a file.</summary>
        public byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(_folder, name));

        /// <summary>Writes a file: <c>say-WHAT</c> is run before a command is carried out, <c>refuse-NAME</c> is a record that the
        /// board does not take.</summary>
        public void Put(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

        /// <summary>Writes a file.</summary>
        public void Put(string name, byte[] bytes)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, name)));
            File.WriteAllBytes(Path.Combine(_folder, name), bytes);
        }
    }
}
