using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>The current association as an object (Blue Book 4.4.4, class 15 version 1).</summary>
    public static class AssociationObject
    {
        /// <summary>Class of an association by logical names.</summary>
        public const ushort ClassId = 15;

        /// <summary>The method that takes the client's proof.</summary>
        public const byte ReplyToHls = 1;

        private const byte Version = 1;
        private const byte ServerSap = 1;

        /// <summary>Its logical name, the same in every association.</summary>
        public static readonly Obis Name = Obis.Parse("0.0.40.0.0.255");

        /// <summary>Makes the object as one association sees it. Its secret is nobody's to read, and there is no
        /// security setup that it could refer to.</summary>
        public static CosemObject Make(MeteringObjects objects, Association association, int maxReceivePdu)
        {
            const AccessRights rights = AccessRights.Metered;
            byte[] context = association.IsCiphered ? AssociationResponse.CipheredContext
                : AssociationResponse.PlainContext;
            byte[] mechanism = association.IsCiphered ? AssociationResponse.GmacMechanism
                : AssociationResponse.NoMechanism;
            var item = new CosemObject(ClassId, Version, Name, rights) { Methods = [new CosemMethod(ReplyToHls, null, null)] };
            return item
                .Constant(2, rights, to => WriteObjectList(to, objects.All.Append(item), association.Kind))
                .Constant(3, rights, to => to.Structure(2).Integer((int)association.Kind).LongUnsigned(ServerSap))
                .Constant(4, rights, to => to.OctetString(context))
                .Constant(5, rights, to => WriteContextInfo(to, association, maxReceivePdu))
                .Constant(6, rights, to => to.OctetString(mechanism))
                .Constant(7, AccessRights.None, to => to.Null())
                .Constant(8, rights, to => to.Enum((int)association.Phase))
                .Constant(9, rights, to => to.LogicalName(default));
        }

        private static void WriteContextInfo(AxdrWriter to, Association association, int maxReceivePdu)
        {
            to.Structure(6).BitString24((int)association.Conformance).LongUnsigned(maxReceivePdu)
                .LongUnsigned(association.MaxPdu).Unsigned(InitiateRequest.DlmsVersion).Integer(0).OctetString([]);
        }

        private static void WriteObjectList(AxdrWriter to, IEnumerable<CosemObject> objects, SapKind kind)
        {
            List<CosemObject> visible = objects.Where(o => o.Attributes.Any(a => a.IsReadable(kind))).ToList();
            to.Array(visible.Count);
            foreach (CosemObject item in visible)
            {
                to.Structure(4).LongUnsigned(item.ClassId).Unsigned(item.Version).LogicalName(item.Name).Structure(2);
                WriteAttributes(to, item, kind);
                List<CosemMethod> methods = item.Methods.Where(method => method.IsAllowed(kind)).ToList();
                to.Array(methods.Count);
                foreach (CosemMethod method in methods)
                {
                    to.Structure(2).Integer(method.Id).Enum(1);
                }
            }
        }

        private static void WriteAttributes(AxdrWriter to, CosemObject item, SapKind kind)
        {
            to.Array(item.Attributes.Count);
            foreach (CosemAttribute attribute in item.Attributes)
            {
                int mode = (attribute.IsReadable(kind) ? 1 : 0) | (attribute.IsWritable(kind) ? 2 : 0);
                to.Structure(3).Integer(attribute.Id).Enum(mode);
                if (attribute.Selectors.Length == 0)
                {
                    to.Null();
                    continue;
                }

                to.Array(attribute.Selectors.Length);
                foreach (byte selector in attribute.Selectors)
                {
                    to.Integer(selector);
                }
            }
        }
    }
}
