package io.gapcanary.storage;

import org.jdbi.v3.core.Handle;

/** One transaction's view of the record. Not thread-safe; not to be kept. */
public final class Session {
  private final IndexLog index;
  private final ArticleStore articles;
  private final CaseStore cases;
  private final MessageStore messages;
  private final LinkStore links;
  private final CustomerStore customers;
  private final ContactStore contacts;
  private final OutcomeStore outcomes;
  private final GivingStore givings;
  private final GapStore gaps;
  private final GapCaseStore gapCases;
  private final GapEvidenceStore gapEvidence;
  private final GapSizeStore gapSizes;
  private final GapAnswerStore gapAnswers;
  private final GapMergeStore gapMerges;
  private final GapHistoryStore gapHistory;
  private final GapProofStore gapProofs;
  private final HeldBackStore heldBack;
  private final FloorStore floors;
  private final ReturnStore returns;
  private final RiseStore rises;
  private final HealthStore health;
  private final WeightsStore weights;
  private final RequestStore requests;
  private final ErasureStore erasures;
  private final BoardStore board;
  private final WebhookStore webhooks;
  private final MailStore mail;
  private final SettingsStore settings;
  private final FloodStore floods;
  private final FormingStore forming;
  private final MetaStore meta;

  Session(Handle handle) {
    index = new IndexLog(handle);
    articles = new ArticleStore(handle, index);
    cases = new CaseStore(handle);
    messages = new MessageStore(handle);
    links = new LinkStore(handle);
    customers = new CustomerStore(handle);
    contacts = new ContactStore(handle);
    outcomes = new OutcomeStore(handle);
    givings = new GivingStore(handle);
    gaps = new GapStore(handle, index);
    gapCases = new GapCaseStore(handle, index);
    gapEvidence = new GapEvidenceStore(handle);
    gapSizes = new GapSizeStore(handle);
    gapAnswers = new GapAnswerStore(handle);
    gapMerges = new GapMergeStore(handle, index);
    gapHistory = new GapHistoryStore(handle);
    gapProofs = new GapProofStore(handle);
    heldBack = new HeldBackStore(handle);
    floors = new FloorStore(handle);
    returns = new ReturnStore(handle);
    rises = new RiseStore(handle);
    health = new HealthStore(handle);
    weights = new WeightsStore(handle);
    requests = new RequestStore(handle);
    erasures = new ErasureStore(handle, index);
    board = new BoardStore(handle);
    webhooks = new WebhookStore(handle);
    mail = new MailStore(handle);
    settings = new SettingsStore(handle);
    floods = new FloodStore(handle);
    forming = new FormingStore(handle);
    meta = new MetaStore(handle);
  }

  /** What the search index has to catch up on. */
  public IndexLog index() {
    return index;
  }

  /** Articles, and the wordings learned for them. */
  public ArticleStore articles() {
    return articles;
  }

  /** Cases. */
  public CaseStore cases() {
    return cases;
  }

  /** What was said in cases. */
  public MessageStore messages() {
    return messages;
  }

  /** What agents did with articles in cases. */
  public LinkStore links() {
    return links;
  }

  /** Customers, and the cases of each. */
  public CustomerStore customers() {
    return customers;
  }

  /** Lists of cases. */
  public ContactStore contacts() {
    return contacts;
  }

  /** What closed cases came to. */
  public OutcomeStore outcomes() {
    return outcomes;
  }

  /** Which articles were given, and who came back. */
  public GivingStore givings() {
    return givings;
  }

  /** Gaps and the subjects held back. */
  public GapStore gaps() {
    return gaps;
  }

  /** Which cases count in which gap. */
  public GapCaseStore gapCases() {
    return gapCases;
  }

  /** What the cases of gaps show. */
  public GapEvidenceStore gapEvidence() {
    return gapEvidence;
  }

  /** How many cases and customers gaps have, and when they came. */
  public GapSizeStore gapSizes() {
    return gapSizes;
  }

  /** The articles that agents gave where a subject had none. */
  public GapAnswerStore gapAnswers() {
    return gapAnswers;
  }

  /** Which gaps became one. */
  public GapMergeStore gapMerges() {
    return gapMerges;
  }

  /** What happened to gaps. */
  public GapHistoryStore gapHistory() {
    return gapHistory;
  }

  /** What came of the questions of gaps when their remedies were there. */
  public GapProofStore gapProofs() {
    return gapProofs;
  }

  /** Subjects held back. */
  public HeldBackStore heldBack() {
    return heldBack;
  }

  /** What people decided about floors. */
  public FloorStore floors() {
    return floors;
  }

  /** Who came back after which article, and after none. */
  public ReturnStore returns() {
    return returns;
  }

  /** Articles that have suddenly become worse. */
  public RiseStore rises() {
    return rises;
  }

  /** The desk's health. */
  public HealthStore health() {
    return health;
  }

  /** What people decided about the weights of the impact. */
  public WeightsStore weights() {
    return weights;
  }

  /** Requests that bore a key of their caller's. */
  public RequestStore requests() {
    return requests;
  }

  /** What is to be forgotten of customers. */
  public ErasureStore erasures() {
    return erasures;
  }

  /** What happened to gaps, in order. */
  public BoardStore board() {
    return board;
  }

  /** Who is told of it elsewhere. */
  public WebhookStore webhooks() {
    return webhooks;
  }

  /** What is still to be sent by e-mail. */
  public MailStore mail() {
    return mail;
  }

  /** What people decided about settings. */
  public SettingsStore settings() {
    return settings;
  }

  /** Cases that look like a machine's doing. */
  public FloodStore floods() {
    return floods;
  }

  /** What open cases ask that has no gap yet, and was told. */
  public FormingStore forming() {
    return forming;
  }

  /** Single values. */
  public MetaStore meta() {
    return meta;
  }
}
