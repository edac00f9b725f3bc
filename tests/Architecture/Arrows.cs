using Mono.Cecil;

namespace Pathfinder.Architecture.Tests;

/// <summary>One use of a type by another that the order of rooms forbids.</summary>
internal sealed record Violation(string From, string To, string Why);

/// <summary>Reads the arrows out of a compiled assembly: bases, interfaces, fields, signatures, bodies, generics and attributes.</summary>
internal static class Arrows
{
    public static (List<Violation> Violations, int Seen) Check(string assemblyPath, Func<TypeDefinition, bool>? only = null)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(assemblyPath);
        var violations = new HashSet<Violation>();
        var seen = 0;
        foreach (var type in assembly.MainModule.GetTypes())
        {
            if (Rooms.Find(RootNamespace(type)) is not { } from || (only is not null && !only(type)))
            {
                continue;
            }

            foreach (var used in Used(type))
            {
                if (Rooms.Find(RootNamespace(used)) is not { } to)
                {
                    continue;
                }

                seen++;
                if (Why(from, to) is { } why)
                {
                    violations.Add(new Violation(Outermost(type).FullName, Outermost(used).FullName, why));
                }
            }
        }

        return (violations.OrderBy(v => v.From, StringComparer.Ordinal).ThenBy(v => v.To, StringComparer.Ordinal).ToList(), seen);
    }

    private static string? Why((string Project, string Room, int Place) from, (string Project, string Room, int Place) to)
    {
        if (from.Place < 0 || to.Place < 0)
        {
            var (project, room, _) = from.Place < 0 ? from : to;
            return $"room {project}/{room} is not in the order of rooms";
        }

        if (from.Project != to.Project)
        {
            return Rooms.MayUse[from.Project].Contains(to.Project, StringComparer.Ordinal) ? null : $"{from.Project} may not use {to.Project}";
        }

        return to.Place > from.Place ? $"{from.Project}/{from.Room} stands before {to.Room}" : null;
    }

    private static string RootNamespace(TypeReference type) => Outermost(type).Namespace;

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        return type;
    }

    private static IEnumerable<TypeReference> Used(TypeDefinition type)
    {
        IEnumerable<TypeReference?> direct =
        [
            type.BaseType,
            .. type.Interfaces.Select(i => i.InterfaceType),
            .. type.CustomAttributes.SelectMany(OfAttribute),
            .. type.GenericParameters.SelectMany(p => p.Constraints.Select(c => c.ConstraintType)),
            .. type.Fields.Select(f => f.FieldType),
            .. type.Fields.SelectMany(f => f.CustomAttributes.SelectMany(OfAttribute)),
            .. type.Properties.SelectMany(p => p.CustomAttributes.SelectMany(OfAttribute)),
            .. type.Methods.SelectMany(OfMethod),
        ];
        return direct.Where(t => t is not null).SelectMany(t => Unwrap(t!));
    }

    private static IEnumerable<TypeReference?> OfAttribute(CustomAttribute attribute) =>
        [attribute.AttributeType, .. attribute.ConstructorArguments.Select(a => a.Value as TypeReference)];

    private static IEnumerable<TypeReference?> OfMethod(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (var parameter in method.Parameters)
        {
            yield return parameter.ParameterType;
        }

        foreach (var attribute in method.CustomAttributes.SelectMany(OfAttribute))
        {
            yield return attribute;
        }

        if (!method.HasBody)
        {
            yield break;
        }

        foreach (var variable in method.Body.Variables)
        {
            yield return variable.VariableType;
        }

        foreach (var operand in method.Body.Instructions.Select(i => i.Operand))
        {
            switch (operand)
            {
                case TypeReference used:
                    yield return used;
                    break;
                case GenericInstanceMethod generic:
                    yield return generic.DeclaringType;
                    foreach (var argument in generic.GenericArguments)
                    {
                        yield return argument;
                    }

                    break;
                case MethodReference called:
                    yield return called.DeclaringType;
                    yield return called.ReturnType;
                    break;
                case FieldReference field:
                    yield return field.DeclaringType;
                    yield return field.FieldType;
                    break;
            }
        }
    }

    private static IEnumerable<TypeReference> Unwrap(TypeReference type)
    {
        if (type is GenericInstanceType generic)
        {
            foreach (var argument in generic.GenericArguments.SelectMany(Unwrap))
            {
                yield return argument;
            }
        }

        if (type is TypeSpecification wrapped)
        {
            foreach (var inner in Unwrap(wrapped.ElementType))
            {
                yield return inner;
            }
        }
        else if (type is not GenericParameter)
        {
            yield return type;
        }
    }
}
