using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Net;
using System.Text;
using NanoComm.CommandLine;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>The commands of <c>kms order</c> that make one, a kind each.</summary>
    internal static class KmsOrders
    {
        private const string WiSunName = "wi-sun";
        private const string IpName = "ip";

        // Requirement R19.
        private static readonly string[] NotAllowed = ["open", "none", "owe", "wep", "wpa", "tkip", "wpa-tkip", "wpa2-tkip"];

        private static readonly Dictionary<string, WifiSecurity> Securities = new()
        {
            ["wpa2"] = WifiSecurity.Wpa2,
            ["wpa3"] = WifiSecurity.Wpa3,
            ["wpa2-wpa3"] = WifiSecurity.Wpa2Wpa3,
        };

        public static IEnumerable<Command> Make()
        {
            yield return MakeOpen();
            yield return MakePlain(OrderKind.CloseRouteB, "Close the B route: its credentials are erased, and the session ends.");
            yield return MakeWifiOn();
            yield return MakePlain(OrderKind.WifiOff, "Switch Wi-Fi off, and have the network forgotten.");
            yield return MakeLimits();
            yield return MakeCut();
            yield return MakeReadmit();
            yield return MakeAdmitOnly();
            yield return MakePlain(OrderKind.Report, "Have the unit tell how it is, in its answer. Nothing changes.");
        }

        private static Command MakePlain(OrderKind kind, string description)
        {
            return KmsOrder.Make(kind, description, (_, _) => new OrderDraft(OrderBody.Of(kind)));
        }

        private static Command MakeOpen()
        {
            var credentials = new KmsCredentials();
            Command command = KmsOrder.Make(OrderKind.OpenRouteB, "Open the B route under these credentials, in place of any before. Without "
                + "--credentials and --make they are asked for, and typed unseen.", (parsed, replace) =>
            {
                RouteBCredentials pair = credentials.Get(parsed, replace);
                return new OrderDraft(OrderBody.OpenRouteB(pair.Id, pair.Password), () => credentials.SheetOf(parsed, pair, replace));
            });
            credentials.AddTo(command);
            return command;
        }

        private static Command MakeWifiOn()
        {
            var passphrase = new KmsWifiPassphrase();
            Option<Chosen<WifiRole>> role = HostOptions.Choice("--role", "What the unit is in it.", ("station", WifiRole.Station),
                ("access-point", WifiRole.AccessPoint));
            Option<WifiSecurity?> security = MakeSecurity();
            var ssid = new Option<string>("--ssid")
            {
                Description = $"The network's name, 1 to {OrderBody.MaxSsidLength} bytes.",
                HelpName = "NAME",
                Required = true,
            };
            ssid.Validators.Add(result =>
            {
                int length = Encoding.UTF8.GetByteCount(result.Tokens.SingleOrDefault()?.Value ?? "");
                if (length is 0 or > OrderBody.MaxSsidLength)
                {
                    result.AddError($"--ssid: a network's name has 1 to {OrderBody.MaxSsidLength} bytes; these are {length}");
                }
            });
            return KmsOrder.Make(OrderKind.WifiOn, "Switch Wi-Fi on in this network, in place of any before. Without --wifi-passphrase-file its "
                + "passphrase is asked for, and typed unseen.", (parsed, _) => new OrderDraft(OrderBody.WifiOn(parsed.GetValue(role),
                parsed.GetValue(security).Value, Encoding.UTF8.GetBytes(parsed.GetValue(ssid)), passphrase.Get(parsed))),
                ssid, security, role, passphrase.File);
        }

        private static Option<WifiSecurity?> MakeSecurity() => new("--security")
        {
            Description = "How it is protected: WPA2-PSK with CCMP, WPA3 (SAE), or either. Open networks, WEP and TKIP are not allowed.",
            HelpName = string.Join('|', Securities.Keys),
            Required = true,
            CustomParser = result =>
            {
                string text = result.Tokens.Single().Value;
                if (Securities.TryGetValue(text, out WifiSecurity security))
                {
                    return security;
                }

                string allowed = string.Join(", ", Securities.Keys);
                result.AddError(NotAllowed.Contains(text.ToLowerInvariant())
                    ? $"--security: '{text}' is not allowed (requirement R19: no open network, no WEP, no TKIP): take {allowed}"
                    : $"--security: '{text}' is none of {allowed}");
                return null;
            },
        };

        private static Command MakeLimits()
        {
            const string AsBuilt = "0, or without it beside the other one of that path, as the unit was built.";
            (OrderPath Path, Option<int> Terminals, Option<int> Rate)[] paths =
            [
                (OrderPath.Ip, HostOptions.Number("--ip-terminals", $"Terminals on the IP path; {AsBuilt}", 0, 0, byte.MaxValue),
                    HostOptions.Number("--ip-rate", $"Requests a second of each of them; {AsBuilt}", 0, 0, ushort.MaxValue)),
                (OrderPath.WiSun, HostOptions.Number("--wisun-terminals", $"Terminals on the Wi-SUN path; {AsBuilt}", 0, 0, byte.MaxValue),
                    HostOptions.Number("--wisun-rate", $"Requests a second of each of them; {AsBuilt}", 0, 0, ushort.MaxValue)),
            ];
            Command command = KmsOrder.Make(OrderKind.Limits, "Limit what the unit takes of terminals. A path that is not named stays as it is.",
                (parsed, _) => new OrderDraft(OrderBody.Limits(paths
                    .Where(path => IsGiven(parsed.GetResult(path.Terminals)) || IsGiven(parsed.GetResult(path.Rate)))
                    .Select(path => new PathLimits(path.Path, (byte)parsed.GetValue(path.Terminals), (ushort)parsed.GetValue(path.Rate))))),
                paths.SelectMany(path => new Option[] { path.Terminals, path.Rate }).ToArray());
            command.Validators.Add(result =>
            {
                if (!paths.Any(path => IsGiven(result.GetResult(path.Terminals)) || IsGiven(result.GetResult(path.Rate))))
                {
                    result.AddError($"{command.Name}: name one limit or more");
                }
            });
            return command;
        }

        private static bool IsGiven(System.CommandLine.Parsing.OptionResult result) => result is { Implicit: false };

        private static Command MakeCut()
        {
            var passphrase = new KmsWifiPassphrase();
            var credentials = new KmsCredentials();
            Option<OrderPath?> path = MakePath();
            Option<string> address = MakeAddress();
            address.Required = true;
            var ask = new Option<bool>("--ask")
            {
                Description = "Ask for the network's new passphrase, or for the new credentials, typed unseen.",
            };
            Command command = KmsOrder.Make(OrderKind.CutOff, "Cut a terminal off. Its address alone is evaded by the next one: a terminal that "
                + "takes another address is let in again. So give with it, on Wi-Fi (--path ip), a new passphrase of the network "
                + "(--wifi-passphrase-file or --ask), and on Wi-SUN new credentials (--credentials, --make or --ask), and give those to the "
                + "terminals that are to stay.", (parsed, replace) =>
            {
                OrderPath on = parsed.GetValue(path).Value;
                IPAddress terminal = TerminalAddress.Parse(on, parsed.GetValue(address));
                bool isAsked = parsed.GetValue(ask);
                if (on == OrderPath.Ip)
                {
                    string next = isAsked || parsed.GetValue(passphrase.File) is not null ? passphrase.Get(parsed) : null;
                    return new OrderDraft(OrderBody.CutOffIp(terminal, next), Caution: next is not null ? null
                        : "An address alone is evaded by the next one: on Wi-Fi, cut it off with a new passphrase (--wifi-passphrase-file).");
                }

                if (!isAsked && !credentials.IsGiven(parsed))
                {
                    return new OrderDraft(OrderBody.CutOffWiSun(terminal, null, null), Caution: "An address alone is evaded by the next "
                        + "one: whoever has the credentials joins under another. Cut it off with new ones (--make, --credentials).");
                }

                RouteBCredentials pair = credentials.Get(parsed, replace);
                return new OrderDraft(OrderBody.CutOffWiSun(terminal, pair.Id, pair.Password),
                    () => credentials.SheetOf(parsed, pair, replace));
            }, path, address, ask, passphrase.File);
            credentials.AddTo(command);
            command.Validators.Add(result =>
            {
                bool isPassphrase = result.GetResult(passphrase.File) is not null;
                bool isCredentials = credentials.IsGiven(result);

                // Its text: a value that is none has its own error.
                string on = result.GetResult(path)?.Tokens.FirstOrDefault()?.Value;
                if (on == IpName ? isCredentials : on == WiSunName && isPassphrase)
                {
                    result.AddError(on == IpName ? "cut: on ip a new passphrase goes with it, not credentials"
                        : "cut: on wi-sun new credentials go with it, not a Wi-Fi passphrase");
                }
                else if (result.GetValue(ask) && (isPassphrase || isCredentials))
                {
                    result.AddError("cut: give either --ask or where to take them from");
                }
            });
            return command;
        }

        private static Command MakeReadmit()
        {
            Option<OrderPath?> path = MakePath();
            Option<string> address = MakeAddress();
            var all = new Option<bool>("--all") { Description = "Everybody on that path." };
            Command command = KmsOrder.Make(OrderKind.Readmit, "Let a terminal in again that was cut off, or all of them.", (parsed, _) =>
            {
                OrderPath on = parsed.GetValue(path).Value;
                return new OrderDraft(OrderBody.Readmit(on, parsed.GetValue(all) ? null
                    : TerminalAddress.Parse(on, parsed.GetValue(address))));
            }, path, address, all);
            command.Validators.Add(result =>
            {
                if (result.GetValue(all) == (result.GetResult(address) is not null))
                {
                    result.AddError("readmit: give either --address or --all");
                }
            });
            return command;
        }

        private static Command MakeAdmitOnly()
        {
            Option<OrderPath?> path = MakePath();
            var addresses = new Option<string[]>("--address")
            {
                Description = "A terminal's address, as for cut; may be given several times.",
                HelpName = "ADDR",
            };
            var off = new Option<bool>("--off") { Description = "No list any more: everybody on that path who is not cut off." };
            Command command = KmsOrder.Make(OrderKind.AdmitOnly, "Let in these terminals only, in place of any list before.", (parsed, _) =>
            {
                OrderPath on = parsed.GetValue(path).Value;
                List<IPAddress> admitted = (parsed.GetValue(addresses) ?? []).Select(text => TerminalAddress.Parse(on, text)).ToList();
                if (admitted.Distinct().Count() < admitted.Count)
                {
                    throw new UserError("--address: one of them was given twice");
                }

                return OrderBody.IsWithinLimits(admitted) ? new OrderDraft(OrderBody.AdmitOnly(on, admitted))
                    : throw new UserError($"--address: {admitted.Count} addresses are too many for an order: {OrderBody.MostAddresses} at "
                        + "most, or 6 of IPv6");
            }, path, addresses, off);
            command.Validators.Add(result =>
            {
                if (result.GetValue(off) == (result.GetResult(addresses) is not null))
                {
                    result.AddError("admit-only: give either --address or --off");
                }
            });
            return command;
        }

        private static Option<OrderPath?> MakePath() => new("--path")
        {
            Description = "The path on which the terminal asks: Wi-Fi or Ethernet, or Wi-SUN.",
            HelpName = $"{IpName}|{WiSunName}",
            Required = true,
            CustomParser = result =>
            {
                string text = result.Tokens.Single().Value;
                if (text is IpName or WiSunName)
                {
                    return text == IpName ? OrderPath.Ip : OrderPath.WiSun;
                }

                result.AddError($"--path: '{text}' is neither {IpName} nor {WiSunName}");
                return null;
            },
        };

        private static Option<string> MakeAddress() => new("--address")
        {
            Description = "The terminal's IPv4 or IPv6 address; on Wi-SUN its IPv6 link-local address, or its MAC (16 hexadecimal digits).",
            HelpName = "ADDR",
        };
    }
}
