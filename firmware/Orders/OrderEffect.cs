using NanoComm.Bytes;
using NanoComm.Policy;

namespace NanoComm.Orders
{
    /// <summary>Carries orders out, through what the utility has decided and nothing else. Each may be carried out twice. An
    /// order that is refused changes nothing; what a store does not take may be half of it.</summary>
    internal static class OrderEffect
    {
        private const int LimitLength = 4;
        private const int AddressAt = 2;

        /// <summary>Carries an order out.</summary>
        /// <param name="policy">Takes it.</param>
        /// <param name="order">The order.</param>
        public static OrderResult Apply(RouteBPolicy policy, Order order)
        {
            byte[] bytes = order.Bytes;
            int at = Order.Body;
            int length = order.End - at;
            if (order.Kind < OrderKind.OpenRouteB || order.Kind > OrderKind.Report)
            {
                return OrderResult.UnknownKind;
            }

            return order.IsPadded ? (OrderResult)Apply(policy, order.Kind, bytes, at, length) : OrderResult.Malformed;
        }

        private static PolicyResult Apply(RouteBPolicy policy, OrderKind kind, byte[] bytes, int at, int length)
        {
            switch (kind)
            {
                case OrderKind.OpenRouteB:
                    return policy.OpenRouteB(bytes, at, length);
                case OrderKind.WifiOn:
                    return policy.SetWifi(bytes, at, length);
                case OrderKind.Limits:
                    return Limit(policy, bytes, at, length);
                case OrderKind.CutOff:
                case OrderKind.Readmit:
                case OrderKind.AdmitOnly:
                    return length < AddressAt ? PolicyResult.Malformed
                        : ApplyTo(policy, kind, (RoutePath)bytes[at], bytes, at, at + length);
                default:
                    return length == 0 ? ApplyAlone(policy, kind) : PolicyResult.Malformed;
            }
        }

        private static PolicyResult ApplyAlone(RouteBPolicy policy, OrderKind kind)
        {
            return kind == OrderKind.CloseRouteB ? policy.CloseRouteB()
                : kind == OrderKind.WifiOff ? policy.ForgetWifi()
                : PolicyResult.Done;
        }

        private static PolicyResult ApplyTo(RouteBPolicy policy, OrderKind kind, RoutePath path, byte[] bytes, int at, int end)
        {
            int address = at + AddressAt;
            int count = bytes[at + 1];
            return kind == OrderKind.AdmitOnly ? policy.AdmitOnly(path, bytes, address, count, end)
                : kind == OrderKind.CutOff ? CutOff(policy, path, bytes, address, count, end)
                : address + count == end ? policy.Readmit(path, bytes, address, count)
                : PolicyResult.Malformed;
        }

        private static PolicyResult Limit(RouteBPolicy policy, byte[] bytes, int at, int length)
        {
            if (length != LimitLength && length != 2 * LimitLength)
            {
                return PolicyResult.Malformed;
            }

            int last = at + length - LimitLength;
            if (!policy.Has((RoutePath)bytes[at]) || !policy.Has((RoutePath)bytes[last]))
            {
                return PolicyResult.NoPath;
            }

            PolicyResult result = LimitOne(policy, bytes, at);
            return result == PolicyResult.Done && last > at ? LimitOne(policy, bytes, last) : result;
        }

        private static PolicyResult LimitOne(RouteBPolicy policy, byte[] bytes, int at)
        {
            return policy.SetLimits((RoutePath)bytes[at], bytes[at + 1], BigEndian.ReadU16(bytes, at + 2));
        }

        // An address alone is evaded by the next one: what everybody needs to come in may be made anew with it. First that,
        // for it may be refused, when it is known that there is a place.
        private static PolicyResult CutOff(RouteBPolicy policy, RoutePath path, byte[] bytes, int address, int length, int end)
        {
            int secret = address + length;
            bool isIp = path == RoutePath.Ip;
            bool isWhole = secret <= end && (!isIp || (secret < end && secret + 1 + bytes[secret] == end));
            if (!isWhole)
            {
                return PolicyResult.Malformed;
            }

            PolicyResult result = policy.CutOff(path, bytes, address, length, true);
            bool hasSecret = isIp ? bytes[secret] > 0 : secret < end;
            if (result == PolicyResult.Done && hasSecret)
            {
                result = isIp ? policy.SetWifiPassphrase(bytes, secret + 1, bytes[secret])
                    : policy.OpenRouteB(bytes, secret, end - secret);
            }

            return result == PolicyResult.Done ? policy.CutOff(path, bytes, address, length, false) : result;
        }
    }
}
