using NUnit.Framework;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>Options that name nothing, and numbers that are none.</summary>
    internal static class OptionTests
    {
        [TestCase("log", "--store", "")]
        [TestCase("zeroise", "--store", " ")]
        [TestCase("credentials", "--png", "")]
        [TestCase("credentials", "--store", "x", "--port", "")]
        [TestCase("mu", "--port", "")]
        [TestCase("mu", "--tcp", "127.0.0.1:0", "--store", "")]
        [TestCase("mu", "--tcp", "127.0.0.1:0", "--data", "")]
        [TestCase("hems", "--id", "x", "--password", "x", "--port", "")]
        [TestCase("swap", "--store", "x", "--ticket", "")]
        [TestCase("swap", "--ticket", "x", "--store", "")]
        [TestCase("swap", "--ticket", "x", "--store", "x", "--receipt", "")]
        [TestCase("kms", "init", "--ledger", "")]
        [TestCase("kms", "init", "--passphrase-file", "")]
        [TestCase("kms", "enroll", "--import", "")]
        [TestCase("kms", "enroll", "--cu", "--export", "")]
        [TestCase("kms", "ticket", "--mu", "4E434D0000000001", "--cu", "4E43430000000001", "--out", "")]
        [TestCase("kms", "ticket", "--out", "x", "--batch", "")]
        [TestCase("kms", "revoke", "--cu", "4E43430000000001", "--out", "")]
        [TestCase("kms", "receipt", "")]
        [TestCase("kms", "answer", "")]
        [TestCase("kms", "order", "close", "--cu", "4E43430000000001", "--out", "")]
        [TestCase("kms", "order", "open", "--cu", "4E43430000000001", "--out", "x", "--credentials", "")]
        [TestCase("kms", "order", "open", "--cu", "4E43430000000001", "--out", "x", "--make", "--png", "")]
        [TestCase("kms", "order", "cut", "--cu", "4E43430000000001", "--out", "x", "--path", "ip", "--address", "::1",
            "--wifi-passphrase-file", "")]
        public static void A_path_that_is_empty_is_an_error_of_one_line(params string[] arguments)
        {
            (int exitCode, string output, string error) = ToolCommand.Run(arguments);

            Assert.That(exitCode, Is.EqualTo(2), error);
            Assert.That(output, Is.Empty);
            string name = arguments[^2] is "receipt" or "answer" ? "FILE" : arguments[^2];
            Assert.That(error, Does.Match($"^nanocomm: {name}: a path is missing.*\n$"));
        }

        [TestCase("mu")]
        [TestCase("mu", "--tcp", "127.0.0.1:0", "--wrapper", "127.0.0.1:0")]
        [TestCase("mu", "--port", "x", "--wrapper", "127.0.0.1:0")]
        public static void A_metering_unit_is_at_one_place(params string[] arguments)
        {
            (int exitCode, _, string error) = ToolCommand.Run(arguments);

            Assert.That(exitCode, Is.EqualTo(2), error);
            Assert.That(error, Does.StartWith("nanocomm: mu: give one of --port PATH, --tcp HOST:PORT and --wrapper HOST:PORT"));
        }

        [TestCase("--upper-address", "0", "1 to 16381")]
        [TestCase("--lower-address", "16382", "1 to 16381")]
        [TestCase("--silence", "0", "1 to 86400")]
        public static void A_number_out_of_its_range_is_an_error_of_one_line(string option, string number, string range)
        {
            (int exitCode, _, string error) = ToolCommand.Run("mu", "--tcp", "127.0.0.1:0", option, number);

            Assert.That(exitCode, Is.EqualTo(2), error);
            Assert.That(error, Does.Match($"^nanocomm: {option}: '{number}' is not a whole number from {range}.*\n$"));
        }

        [TestCase("abc")]
        [TestCase("10s")]
        [TestCase("")]
        [TestCase("NaN")]
        [TestCase("1e300")]
        [TestCase("0")]
        public static void A_time_that_is_no_number_of_seconds_is_an_error_of_one_line(string text)
        {
            (int exitCode, _, string error) = ToolCommand.Run("hems", "--port", "x", "--id", "x", "--password", "x", "--for", text);

            Assert.That(exitCode, Is.EqualTo(2), error);
            Assert.That(error, Does.Match($"^nanocomm: --for: '{text}' is no time to run: give more than 0 seconds.*\n$"));
        }
    }
}
