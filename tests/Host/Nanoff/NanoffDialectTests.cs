using System;
using System.Linq;
using System.Text.Json;
using NanoComm.Tests.Host.Install;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Nanoff
{
    /// <summary>The command lines of nanoff by version, as its sources take them, and which version speaks which.</summary>
    internal sealed class NanoffDialectTests
    {
        private static readonly (string, string)[] Values =
        [
            (NanoffDialect.Port, "P"), (NanoffDialect.Target, "T"), (NanoffDialect.Path, "X"), (NanoffDialect.File, "F"),
        ];

        [TestCase("nanoff 2.5.162+bacca8b8f0", "2.5.162", "2.5")]
        [TestCase("\nnanoff 2.5.98\n", "2.5.98", "2.5")]
        [TestCase(".NET nanoFramework Firmware Flasher v3.0.0-preview.1+06913d2cc4", "3.0.0-preview.1", "3")]
        [TestCase("nanoff 3.1.0", "3.1.0", "3")]
        [TestCase("nanoff 2.5.97", "2.5.97", null)]
        [TestCase("nanoff 2.4.12", "2.4.12", null)]
        [TestCase("nanoff 1.20.3", "1.20.3", null)]
        [TestCase("nanoff 2.6.0", "2.6.0", null)]
        [TestCase("nanoff 4.0.0", "4.0.0", null)]
        [TestCase("You must install or update .NET 8.0.0 to run this application.", null, null)]
        [TestCase("", null, null)]
        public void A_version_has_its_dialect(string said, string version, string dialect)
        {
            NanoffVersion? found = NanoffVersion.Find(said);
            Assert.That(found?.ToString(), Is.EqualTo(version));
            Assert.That(found is null ? null : NanoffDialect.Of(found.Value)?.Name, Is.EqualTo(dialect));
        }

        [TestCase("nanoff 2.5.162", "Chip", "--platform esp32 --serialport P --devicedetails")]
        [TestCase("nanoff 2.5.162", "Unit", "--nanodevice --devicedetails --serialport P")]
        [TestCase("nanoff 2.5.162", "Firmware", "--update --target T --serialport P -v m")]
        [TestCase("nanoff 2.5.162", "ArchivedFirmware", "--update --target T --serialport P --fromarchive --archivepath X -v m")]
        [TestCase("nanoff 2.5.162", "Application", "--nanodevice --deploy --serialport P --image X")]
        [TestCase("nanoff 2.5.162", "Files", "--filedeployment X")]
        [TestCase("nanoff 2.5.162", "Backup", "--platform esp32 --serialport P --devicedetails --backuppath X --backupfile F")]
        [TestCase("nanoff 2.5.162", "Archive", "--updatearchive --target T --archivepath X")]
        [TestCase("nanoff 3.0.0", "Chip", "details platform esp32 serialport P")]
        [TestCase("nanoff 3.0.0", "Unit", "details serialport P")]
        [TestCase("nanoff 3.0.0", "Firmware", "flash target T serialport P verbosity m")]
        [TestCase("nanoff 3.0.0", "ArchivedFirmware", "flash target T serialport P fromarchive archivepath X verbosity m")]
        [TestCase("nanoff 3.0.0", "Application", "deploy serialport P image X")]
        [TestCase("nanoff 3.0.0", "Files", "deploy file X serialport P")]
        [TestCase("nanoff 3.0.0", "Backup", null)]
        [TestCase("nanoff 3.0.0", "Archive", "cache download target T archivepath X")]
        public void Each_version_has_its_words(string version, string command, string expected)
        {
            var what = Enum.Parse<NanoffCommand>(command);
            NanoffDialect dialect = NanoffDialect.Of(NanoffVersion.Find(version).Value);
            Assert.That(dialect.Can(what), Is.EqualTo(expected != null));
            if (expected != null)
            {
                string end = (dialect.Name == "3" ? " " : " --") + "suppressnanoffversioncheck";
                Assert.That(string.Join(' ', dialect.Arguments(what, Values)), Is.EqualTo(expected + end));
            }
        }

        [Test]
        public void What_is_not_given_is_not_left_out()
        {
            Assert.That(() => NanoffDialect.Pinned.Arguments(NanoffCommand.Unit), Throws.ArgumentException);
        }

        [Test]
        public void The_pinned_version_speaks_the_dialect_that_is_shown_without_one()
        {
            JsonElement tool = JsonDocument.Parse(WorkingCopy.Read(".config/dotnet-tools.json")).RootElement
                .GetProperty("tools").GetProperty("nanoff");
            NanoffVersion version = NanoffVersion.Find("nanoff " + tool.GetProperty("version").GetString()).Value;
            Assert.That(NanoffDialect.Of(version), Is.SameAs(NanoffDialect.Pinned));
            Assert.That(tool.GetProperty("rollForward").GetBoolean(), "it is built for an older .NET");
        }

        [TestCase("Error E2000: Error connecting to nano device.\n", "E2000")]
        [TestCase("\rReading flash... 45%     Error E4004: Failed to read from ESP32 flash. (timeout)\n", "E4004")]
        [TestCase("x\nE4003\n", "E4003")]
        [TestCase("\x1B[31mError E6000: Couldn't open\x1B[37m\n", "E6000")]
        [TestCase("Serial E2000 is a name\nOK\n", null)]
        public void Its_error_codes_are_found(string said, string code)
        {
            Assert.That(new NanoffRun(0, said).ErrorCode, Is.EqualTo(code));
        }

        [Test]
        public void Every_record_of_a_deployment_is_told_of_its_own()
        {
            string[] plans = NanoffDeployment.Steps([RecordFile.Seal("route-b", [1]), RecordFile.Seal("factory", [2])], record => record.Record)
                .Select(step => $"{step.Destination}={step.Source}").ToArray();
            Assert.That(plans, Is.EqualTo(new[]
            {
                "I:\\records\\route-b.new=", "I:\\records\\route-b.rec=route-b", "I:\\records\\factory.new=", "I:\\records\\factory.rec=factory",
            }));
        }
    }
}
