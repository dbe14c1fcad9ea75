package dev.stele.archunit;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;

/**
 * The architecture rules, each a sentence with its proof: little trees with one planted breach,
 * below {@code dev.stele.archunit.breach}, in which the rule must name the culprit.
 */
@SuppressWarnings("ImmutableEnumChecker") // The lists are made by List.of, the functions are pure.
enum Wall {
    MODULES(
            "a module knows only the modules below it, and ships no class outside of them",
            Layers::modulesKnowOnlyTheModulesBelow,
            caught("upward", "ContractThatKnowsTheDomain"),
            caught("sideways", "StoreThatKnowsGit"),
            caught("shippedkit", "AppThatUsesAKit"),
            caught("homeless", "ClassOutsideTheHouse")),
    CONTRACTS(
            "contracts need only the language",
            Layers::contractsNeedOnlyTheLanguage,
            caught("contractlibrary", "ContractWithAJsonAnnotation")),
    DOMAIN(
            "the domain needs only the language and its persistent collections",
            Layers::domainNeedsOnlyTheLanguageAndItsCollections,
            caught("domainlibrary", "RuleWithGuice")),
    KITS(
            "the kits of the ports add only JUnit and AssertJ",
            Layers::kitsAddOnlyJUnitAndAssertJ,
            caught("kitlibrary", "KitWithMocks")),
    TIME_AND_CHANCE(
            "time and chance are arguments of the core",
            Purity::timeAndChanceAreArguments,
            caught("clock", "DeciderWithAClock"),
            caught("dice", "DeciderThatMakesIds"),
            caught("random", "EventThatRollsDice")),
    OUTSIDE(
            "contracts, decider and projector touch nothing outside",
            Purity::pureCodeTouchesNothingOutside,
            caught("files", "ProjectorThatReadsAFile"),
            caught("threads", "ContractThatWaits")),
    PURE(
            "decider and projector know no port and no shell",
            Layers::pureCodeKnowsNoPortAndNoShell,
            caught("pureport", "DeciderThatReadsTheStore")),
    TWO_FUNCTIONS(
            "decider and projector do not know each other",
            Layers::deciderAndProjectorDoNotKnowEachOther,
            caught("twofunctions", "DeciderThatProjects"),
            caught("twofunctions", "ProjectorThatDecides")),
    PORTS(
            "a port is an interface, and what passes through it a value",
            Shapes::portsAreInterfacesOrValues,
            caught("portclass", "PortThatIsAClass")),
    ADAPTERS(
            "an adapter shows only its module and its configuration",
            Layers::adaptersShowOnlyTheirModuleAndItsConfiguration,
            caught("innerlife", "AppThatReachesIn"),
            caught("innerlife", "AppThatUsesARootHelper")),
    SQL(
            "SQL stays in persistence",
            Technology::sqlStaysInPersistence,
            caught("sql", "AppWithJooq"),
            caught("sql", "AppWithJdbc")),
    JGIT(
            "JGit stays in the git adapter",
            Technology::jgitStaysInTheGitAdapter,
            caught("jgit", "ProviderWithJGit")),
    PROCESSES(
            "processes are the business of provider and git, and of what serves a terminal",
            Technology::processesAreTheBusinessOfProviderAndGit,
            caught("process", "AppThatStartsAProcess"),
            caught("process", "StoreThatListsProcesses"),
            caught("process", "AppThatExecs")),
    HTTP(
            "HTTP clients stay in the provider and on the way to a server",
            Technology::httpClientsStayInTheProviderAndOnTheWayToAServer,
            caught("http", "AppWithAnHttpClient"),
            caught("http", "AppThatOpensAUrl")),
    JETTY(
            "Jetty stays in the server",
            Technology::jettyStaysInTheServer,
            caught("jetty", "FacadeWithJetty"),
            caught("jetty", "CommandWithJetty")),
    JSON(
            "contracts and domain know no JSON",
            Technology::coreKnowsNoJson,
            caught("json", "EventWithJackson")),
    OLD_JACKSON(
            "nobody uses Jackson 2",
            Technology::nobodyUsesTheOldJackson,
            caught("oldjackson", "CodecOnTheOldJackson")),
    INJECTOR(
            "Guice is seen only where things are wired",
            Technology::injectorIsSeenOnlyWhereThingsAreWired,
            caught("injector", "EngineWithGuice")),
    VALUES(
            "contracts, stored event and read model are records, enums and interfaces",
            Shapes::contractsAreValues,
            caught("classofvalues", "ContractThatIsAClass"),
            caught("classofvalues", "StoredEvent")),
    FAMILIES(
            "commands, events, errors, provider events and contents are closed families",
            Shapes::familiesAreClosed,
            caught("openfamily", "MessageContent is not sealed"),
            caught("openfamily", "there is no type named OrchestrationEvent")),
    RECORDS(
            "records of the core hold nothing that changes",
            Shapes::recordsHoldNothingThatChanges,
            caught("changeable", "RecordWithAnArray"),
            caught("changeable", "RecordWithADate"),
            caught("changeable", "RecordWithAnArrayList"),
            caught("changeable", "RecordWithAListOfArrays")),
    SETTERS(
            "the core has no setters",
            Shapes::coreHasNoSetters,
            caught("setter", "ContractWithASetter")),
    CYCLES(
            "packages are free of cycles",
            Layers::packagesAreFreeOfCycles,
            caught("cycle", "CommandThatKnowsAnEvent")),
    NULL_MARKED(
            "every package is null-marked",
            Manners::everyPackageIsNullMarked,
            caught("unmarked", "ClassInAnUnmarkedPackage")),
    STREAMS(
            "only programs use the standard streams",
            Manners::onlyProgramsUseTheStandardStreams,
            caught("streams", "EngineThatPrints")),
    EXCEPTIONS(
            "exceptions have a name of their own",
            Manners::exceptionsHaveANameOfTheirOwn,
            caught("exceptions", "EngineThatThrowsAnything")),
    LOGGING(
            "nobody uses the logging of the JDK",
            Manners::nobodyUsesTheLoggingOfTheJdk,
            caught("logging", "EngineThatLogsByTheJdk")),
    INJECTED_FIELDS(
            "nothing is injected into fields",
            Manners::nothingIsInjectedIntoFields,
            caught("injectedfield", "EngineWithAnInjectedField"));

    private final String sentence;
    private final Function<House, ArchRule> rule;
    private final List<Breach> breaches;

    Wall(String sentence, Function<House, ArchRule> rule, Breach... breaches) {
        this.sentence = sentence;
        this.rule = rule;
        this.breaches = List.of(breaches);
    }

    ArchRule in(House house) {
        return rule.apply(house).as(sentence);
    }

    List<Breach> breaches() {
        return breaches;
    }

    @Override
    public String toString() {
        return sentence;
    }

    private static Breach caught(String tree, String culprit) {
        return new Breach(tree, culprit);
    }

    /**
     * A planted breach.
     *
     * @param tree the last part of its tree's package
     * @param culprit what the rule's report must name
     */
    record Breach(String tree, String culprit) {
        House house() {
            return new House("dev.stele.archunit.breach." + tree);
        }
    }
}
