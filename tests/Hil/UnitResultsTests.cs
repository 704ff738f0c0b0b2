using System.IO;
using NanoComm.Reporting;
using NUnit.Framework;

namespace NanoComm.Tests.Hil
{
    /// <summary>Results of unit tests in the bench's report.</summary>
    internal static class UnitResultsTests
    {
        // As vstest writes it, shortened to what is read.
        private const string Trx = """
            <?xml version="1.0" encoding="utf-8"?>
            <TestRun id="1" name="bench" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Times start="2026-11-20T10:00:00.0000000+09:00" finish="2026-11-20T10:01:00.0000000+09:00" />
              <Results>
                <UnitTestResult testId="a" testName="A_frame_is_checked" duration="00:00:00.1200000" outcome="Passed" />
                <UnitTestResult testId="b" testName="A_key_is_unwrapped" duration="00:00:01.5000000" outcome="Failed">
                  <Output>
                    <StdOut>Free memory: 60000</StdOut>
                    <ErrorInfo><Message>Assert.AreEqual failed: 1
            2</Message><StackTrace>at Unwrap</StackTrace></ErrorInfo>
                  </Output>
                </UnitTestResult>
                <UnitTestResult testId="c" testName="Not_on_this_board" outcome="NotExecuted" />
              </Results>
              <TestDefinitions>
                <UnitTest id="b" name="A_key_is_unwrapped"><TestMethod className="NanoComm.Tests.Unit.Crypto.KeyWrapTests" name="A_key_is_unwrapped" /></UnitTest>
              </TestDefinitions>
            </TestRun>
            """;

        [Test]
        public static void A_run_on_a_board_becomes_a_report()
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("units");
            try
            {
                string trx = Path.Combine(folder.FullName, "board.trx");
                File.WriteAllText(trx, Trx);
                (int code, string output, _) = HilProgram.Run(["units", "--trx", trx, "--report", folder.FullName]);
                Assert.That(code, Is.EqualTo(1));
                Assert.That(output, Does.Contain("1 passed, 1 failed, 0 warned, 1 skipped"));
                string[] lines = File.ReadAllLines(Path.Combine(folder.FullName, ReportFolder.Lines));
                Assert.That(lines[0], Does.Contain("2026-11-20T10:00:00"));
                Assert.That(lines[2], Does.Contain("NanoComm.Tests.Unit.Crypto.KeyWrapTests.A_key_is_unwrapped")
                    .And.Contain("Assert.AreEqual failed: 1 2").And.Contain("Free memory: 60000").And.Contain("1.5"));
                Assert.That(lines[3], Does.Contain("not run on the board"));
                Assert.That(File.Exists(Path.Combine(folder.FullName, ReportFolder.JUnit)));
                Assert.That(File.Exists(Path.Combine(folder.FullName, ReportFolder.Page)));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }
}
