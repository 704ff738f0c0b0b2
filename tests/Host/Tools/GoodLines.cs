using System.Collections.Generic;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>For each command a line that comes as far as it can in the folder of <see cref="WrongValues"/> and soon ends by
    /// itself, so that a wrong value in it meets what is to find it.</summary>
    internal static class GoodLines
    {
        private const string Board = "--listen 127.0.0.93 --port 36193 --for 0.01";
        private const string Credentials = "--id 00112233445566778899AABBCCDDEEFF --password-file password";
        private const string Dongle = $"--port /no/such/port {Credentials}";
        private const string From = $"--from /no/such/port {Credentials}";
        private const string Keys = "--mu /no/such/port --keys keys.json";
        private const string Unit = "--cu 4E43430000000001";
        private const string Order = $"{Unit} --out order.nco --replace";

        /// <summary>By the words that call the command; the board has none.</summary>
        public static IReadOnlyDictionary<string, string> ByCommand { get; } = new Dictionary<string, string>
        {
            [""] = Board,
            ["air"] = "--module module --dongle dongle --for 0.01",
            ["board info"] = "--store store",
            ["board log"] = "--from log.txt --for 0.1",
            ["board new"] = "MyBoard --into boards",
            ["board read"] = "--from flash.bin",
            ["board virtual"] = Board,
            ["completion"] = "bash",
            ["conform"] = $"{Dongle} --report report",
            ["credentials"] = "--store store --replace",
            ["factory list"] = "--lot lot",
            ["factory report"] = "--lot lot --out report.csv",
            ["factory write"] = "--lot lot --unit 4E43430000000001 --store store",
            ["flash"] = "Esp32RouteB --image --port /no/such/port --dry-run",
            ["fleet"] = "--count 2 --network 127.0.94.0/24 --port 36194 --for 0.01",
            ["hems"] = $"{Dongle} --for 0.01",
            ["hil"] = "--list",
            ["hil units"] = "--trx log.txt --report report",
            ["kms answer"] = "log.txt",
            ["kms check"] = "",
            ["kms enroll"] = "--mu",
            ["kms erasure"] = "log.txt",
            ["kms init"] = "",
            ["kms list"] = "",
            ["kms order admit-only"] = $"{Order} --path ip --address 192.168.1.9",
            ["kms order again"] = $"{Unit} --out order.nco",
            ["kms order close"] = Order,
            ["kms order cut"] = $"{Order} --path ip --address 192.168.1.9",
            ["kms order limits"] = Order,
            ["kms order open"] = $"{Order} --make",
            ["kms order readmit"] = $"{Order} --path ip --all",
            ["kms order report"] = Order,
            ["kms order wifi-off"] = Order,
            ["kms order wifi-on"] = $"{Order} --ssid home --security wpa2 --wifi-passphrase-file password",
            ["kms passphrase"] = "",
            ["kms receipt"] = "log.txt",
            ["kms revoke"] = Unit,
            ["kms roles"] = "",
            ["kms ticket"] = $"--mu 4E434D0000000001 {Unit} --out ticket.out",
            ["link"] = "",
            ["log"] = "--store store",
            ["meter events"] = Keys,
            ["meter profile"] = $"{Keys} --from 2026-07-31 --out rows.csv",
            ["meter switch"] = Keys,
            ["mqtt"] = $"{From} --broker mqtt://127.0.0.1:1 --for 0.01",
            ["mu"] = "--port /no/such/port",
            ["order post"] = "--file ticket.nct --store store",
            ["order status"] = "--store store",
            ["plot"] = "/no/such/rows.csv --out plot.png",
            ["power"] = "Esp32RouteB",
            ["read"] = $"{From} --out rows.csv --replace",
            ["swap"] = "--ticket ticket.nct --store store --timeout 1 --yes",
            ["zeroise"] = "--store store",
        };
    }
}
